import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';

const maxKept = 1_000;

/** Which sockets got a commit in the answer to their push: the broadcast of it leaves them out. */
export interface Delivered {
  note(scope: Scope, commit: Pick<Commit, 'seq' | 'hash'>, socketId: string): void;
  /** Asked once, when the commit is broadcast. */
  take(scope: Scope, commit: Pick<Commit, 'seq' | 'hash'>): readonly string[];
}

export function createDelivered(): Delivered {
  const sockets = new Map<string, string[]>();
  return {
    note(scope, commit, socketId) {
      const key = keyOf(scope, commit);
      const noted = sockets.get(key);
      if (noted) noted.push(socketId);
      else sockets.set(key, [socketId]);
      // A bus between machines may lose the broadcast that would have taken this note.
      if (sockets.size > maxKept)
        for (const oldest of sockets.keys()) return void sockets.delete(oldest);
    },
    take(scope, commit) {
      const key = keyOf(scope, commit);
      const noted = sockets.get(key) ?? [];
      sockets.delete(key);
      return noted;
    },
  };
}

function keyOf(scope: Scope, { seq, hash }: Pick<Commit, 'seq' | 'hash'>): string {
  return `${scope} ${seq} ${hash}`;
}
