import { JamzError } from '../../sdk/protocol/errors.ts';
import { type GroupId, groupScope, type Scope } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import { rowFor } from '../access/table.ts';
import type { ArchivedMessage, LogsStore } from '../ports/store.ts';
import { fillArchive } from './archive.ts';
import type { ScopeLogs } from './scope-logs.ts';
import type { View } from './view.ts';

/** One page, in the order in which the messages were sent. */
export interface MessagesPage {
  readonly messages: readonly Omit<ArchivedMessage, 'seq'>[];
  /** There are older ones. */
  readonly more: boolean;
}

/** Pages what the folded state no longer holds, as far as the reader may see it. */
export interface OlderMessages {
  /**
   * @param before the oldest message that the reader has; by default the page ends with the newest there is
   * @throws {JamzError} as {@link ScopeLogs.admit}; `not-found` for a message that was never said
   */
  page(actor: Actor, groupId: GroupId, limit: number, before?: string): Promise<MessagesPage>;
}

export const maxPageMessages = 200;

export function createOlderMessages({
  store,
  logs,
}: {
  readonly store: Pick<LogsStore, 'log' | 'archive'>;
  readonly logs: Pick<ScopeLogs, 'admit'>;
}): OlderMessages {
  const row = rowFor('GET', '/v1/groups/:groupId/messages');

  const placeOf = async (scope: Scope, { state }: View, messageId: string): Promise<number> => {
    const known = state.kind === 'group' ? state.messages.get(messageId) : undefined;
    const message = known ?? (await store.archive.find(scope, messageId));
    if (message) return message.seq;
    throw new JamzError('not-found', 'There is no such message: page from one that you have');
  };

  return {
    async page(actor, groupId, limit, before) {
      const scope = groupScope(groupId);
      const view = await logs.admit(actor, row, scope);
      await fillArchive(store, scope);
      let seq = before === undefined ? view.seq + 1 : await placeOf(scope, view, before);
      const isVisible = visibilityFor(actor, view);
      const found: ArchivedMessage[] = [];
      // One more than asked for tells whether there are more.
      while (found.length <= limit) {
        const stretch = await store.archive.before(scope, seq, maxPageMessages);
        found.push(...stretch.filter(isVisible));
        seq = stretch.at(-1)?.seq ?? 0;
        if (stretch.length < maxPageMessages) break;
      }
      const messages = found.slice(0, limit).reverse();
      return {
        messages: messages.map(({ seq: _, ...message }) => message),
        more: found.length > limit,
      };
    },
  };
}

/** What was said while they were no member is not for them, as in the state. */
function visibilityFor({ userId }: Actor, { state }: View): (message: ArchivedMessage) => boolean {
  const away = (state.kind === 'group' && state.members.present.get(userId)?.away) || [];
  return ({ seq }) => !away.some(([from, to]) => from <= seq && seq <= to);
}
