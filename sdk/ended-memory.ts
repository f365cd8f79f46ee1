import type { Scope, UserId } from './protocol/ids.ts';
import type { EndedScope } from './protocol/wire.ts';
import type { KeyValue } from './store/key-value.ts';

/** Which scopes are over for a person, over reloads: in a tunnel nobody else can say so. */
export interface EndedMemory {
  /** Only `removed` and `gone` are kept: anything else may be another tomorrow. */
  keep(userId: UserId, ended: EndedScope): void;
  recall(userId: UserId, scope: Scope): Promise<EndedScope | undefined>;
  /** They were let in again. */
  forget(userId: UserId, scope: Scope): void;
}

export function endedMemory(storage: KeyValue): EndedMemory {
  const keyOf = (userId: UserId, scope: Scope): string => `ended:${userId}:${scope}`;
  return {
    keep(userId, ended) {
      if (ended.code !== 'removed' && ended.code !== 'gone') return;
      storage.set(keyOf(userId, ended.scope), ended).catch(() => {});
    },
    recall: (userId, scope) => storage.get<EndedScope>(keyOf(userId, scope)).catch(() => undefined),
    forget(userId, scope) {
      storage.remove(keyOf(userId, scope)).catch(() => {});
    },
  };
}
