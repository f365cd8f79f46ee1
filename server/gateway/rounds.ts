import type { Scope } from '../../sdk/protocol/ids.ts';
import type { HeadsMessage } from '../../sdk/protocol/wire.ts';
import { farewell } from './farewell.ts';
import type { GatewayDeps } from './gateway-deps.ts';
import type { LookAgain } from './look-again.ts';
import { followedBy, type Session } from './session.ts';
import type { SlowSockets } from './slow-sockets.ts';

/** Heads go to a tenth of the sockets each second, so that a thousand of them do not speak at once. */
export const headSlots = 10;
const roundMs = 1_000;

interface RoundsDeps extends Pick<GatewayDeps, 'log' | 'clock' | 'timers' | 'onBug'> {
  readonly slow: Pick<SlowSockets, 'holdsBack'>;
}

/**
 * Each second: ends the sockets whose token has expired, and tells a tenth of the others where their logs end; more of
 * them, after a look into the store, where the bus may have kept something from this process.
 *
 * @returns ends the rounds
 */
export function startRounds(
  sessions: ReadonlySet<Session>,
  deps: RoundsDeps,
  lookAgain: LookAgain,
): () => void {
  let turn = 0;
  return deps.timers.every(roundMs, () => {
    const nowMs = deps.clock.nowMs();
    for (const { socket, actor } of sessions) {
      if (actor.expiresAtMs > nowMs) continue;
      farewell(socket, { code: 'token-expired', message: 'The token has expired: renew it' });
    }
    const share = lookAgain.share();
    const slots = new Set<number>();
    while (slots.size < Math.max(1, share * headSlots)) {
      turn = (turn + 1) % headSlots;
      slots.add(turn);
    }
    const due = [...sessions].filter(({ slot }) => slots.has(slot));
    const looked = share > 0 ? lookAgain.look(due) : Promise.resolve();
    looked.then(() => sendHeads(due, deps)).catch(deps.onBug);
  });
}

async function sendHeads(
  sessions: readonly Session[],
  { log, slow }: Pick<RoundsDeps, 'log' | 'slow'>,
): Promise<void> {
  const heads = new Map<Scope, HeadsMessage[number]>();
  for (const { socket } of sessions) {
    const message: HeadsMessage[number][] = [];
    for (const scope of followedBy(socket)) {
      // Not volatile: whatever was said to the socket just before, as its list of groups is, would displace it.
      if (slow.holdsBack(socket, scope, 'commits')) continue;
      const head = heads.get(scope) ?? (await headOf(scope, log));
      heads.set(scope, head);
      message.push(head);
    }
    if (message.length > 0) socket.emit('heads', message);
  }
}

/** Where a log ends, as heads say it. */
export async function headOf(scope: Scope, log: RoundsDeps['log']): Promise<HeadsMessage[number]> {
  const head = await log.head(scope);
  return [scope, head?.generation ?? 1, head?.seq ?? 0];
}
