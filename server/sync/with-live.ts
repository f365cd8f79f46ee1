import type { HelloAnswer, LiveMessage, PullAnswer } from '../../sdk/protocol/wire.ts';
import type { Live } from './live.ts';

/**
 * An answer to `follow` with the positions known now. To be called in the turn in which the answer leaves: who has said
 * “off” while it was worked on has been told to this socket already, and must not be brought back by it.
 */
export function withLive(
  answer: PullAnswer,
  live: Pick<Live, 'known'>,
): PullAnswer & { readonly live: LiveMessage } {
  return { ...answer, live: live.known(answer.scope) };
}

/** The same for a greeting. */
export function greetingWithLive(
  answer: Omit<HelloAnswer, 'live'>,
  live: Pick<Live, 'known'>,
): HelloAnswer {
  const known = answer.pulls.map(({ scope }) => live.known(scope));
  return { ...answer, live: known.filter(({ entries }) => entries.length > 0) };
}
