import type { Member, PhoneOffset } from 'trafficjamz';

/** One phone in the picture. */
export interface Lane {
  readonly slot: number;
  readonly name: string;
  readonly isMine: boolean;
  /** Undefined until its chirps were heard. */
  readonly offset: PhoneOffset | undefined;
}

const mostPhones = 8;

/**
 * Whose turn is when: by the order in which they joined, which is the same on every phone and stays when somebody comes.
 *
 * @returns at most eight: a round has no more turns
 */
export function turnsOf(members: readonly Member[]): readonly Member[] {
  return [...members].sort((a, b) => a.incarnation - b.incarnation).slice(0, mostPhones);
}

/** What is said where more phones came than a round has turns; undefined: each has its own. */
export function leftOutOf(
  members: readonly Member[],
  myId: string | undefined,
): string | undefined {
  const turns = turnsOf(members);
  const leftOut = members.length - turns.length;
  if (leftOut === 0) return undefined;
  const isMine = turns.every(({ memberId }) => memberId !== myId);
  const rest = 'A round has turns for the first eight phones.';
  if (isMine) return `${rest} This one came later: it stays silent, and can still listen.`;
  return `${rest} ${leftOut === 1 ? 'One that came later stays' : `${leftOut} that came later stay`} silent.`;
}

export function lanesOf(
  members: readonly Member[],
  heard: readonly PhoneOffset[],
  myId: string | undefined,
): readonly Lane[] {
  return turnsOf(members).map(({ memberId, name }, slot) => ({
    slot,
    name,
    isMine: memberId === myId,
    offset: heard.find((one) => one.slot === slot),
  }));
}

/** From the first phone to the last, ms; undefined while fewer than two were heard. */
export function spreadOf(lanes: readonly Lane[]): number | undefined {
  const offsets = lanes.flatMap(({ offset }) => (offset ? [offset.offsetMs] : []));
  return offsets.length < 2 ? undefined : Math.max(...offsets) - Math.min(...offsets);
}

const scalesMs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

/** The half-width of the picture, ms, that all phones fit in. */
export function scaleOf(lanes: readonly Lane[]): number {
  const most = Math.max(
    ...lanes.map(({ offset }) => (offset ? Math.abs(offset.offsetMs) + offset.spreadMs : 0)),
    0,
  );
  return scalesMs.find((ms) => ms >= most * 1.1) ?? 2_000;
}

/** “+3.5”, “−0.2”: to a tenth of a millisecond, which is what chirps tell. */
export function signed(ms: number): string {
  const rounded = Math.round(ms * 10) / 10;
  const figure = Math.abs(rounded).toFixed(1);
  if (rounded === 0) return figure;
  return rounded > 0 ? `+${figure}` : `−${figure}`;
}

/** What the picture says in one line. */
export function verdictOf(lanes: readonly Lane[]): string {
  const heard = lanes.filter(({ offset }) => offset).length;
  const spreadMs = spreadOf(lanes);
  if (spreadMs === undefined) return heard === 0 ? 'Nothing heard yet' : 'One phone heard so far';
  return `${heard} phones within ${spreadMs.toFixed(1)} ms`;
}
