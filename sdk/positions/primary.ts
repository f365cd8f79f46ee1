import type { MemberPosition } from '../api.ts';
import { lostAfterMs } from './signal.ts';

/**
 * One position for each member: of a person with a laptop at home and a phone in the car the phone. That is the device
 * that they chose last, else the one that was on the move last, else the one heard of last; one that was not heard of for
 * ten minutes gives way to one that is.
 *
 * @param positions as `positions$` has them, one for each device
 * @param nowMs the server's time
 */
export function primaryPositions(
  positions: readonly MemberPosition[],
  nowMs: number,
): readonly MemberPosition[] {
  const shown = new Map<string, MemberPosition>();
  for (const position of positions) {
    if (position.untilMs !== undefined && position.untilMs <= nowMs) continue;
    const other = shown.get(position.memberId);
    if (!other || comesBefore(position, other, nowMs)) shown.set(position.memberId, position);
  }
  return [...shown.values()];
}

function comesBefore(one: MemberPosition, other: MemberPosition, nowMs: number): boolean {
  const isHeard = ({ fix }: MemberPosition): number => Number(nowMs - fix.atMs < lostAfterMs);
  const order =
    isHeard(one) - isHeard(other) ||
    (one.chosenAtMs ?? 0) - (other.chosenAtMs ?? 0) ||
    (one.movedAtMs ?? 0) - (other.movedAtMs ?? 0) ||
    one.fix.atMs - other.fix.atMs;
  return order > 0;
}
