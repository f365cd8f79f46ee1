import type { ScopeState } from '../../sdk/merge/states.ts';
import type { OpType, Payloads } from '../../sdk/protocol/payloads.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import { factsOf } from '../sync/run-facts.ts';

/** What a person may want to be told of while no page is open. */
export const pushKinds = [
  'message',
  'session-started',
  'session-planned',
  'member-joined',
  'track-added',
  'place-saved',
  'place-reached',
  'place-left',
] as const;

export type PushKind = (typeof pushKinds)[number];

/** Something in a group that others may want to be told of. */
export interface PushEvent {
  readonly kind: PushKind;
  /** Of the op that did it: however often it is noticed, it is one event. */
  readonly opId: string;
  readonly authorId: string;
  /** When the log took it, by the server's clock. */
  readonly atMs: number;
  /** What is shown of it: the message's text, a title, a name; empty where there is none. */
  readonly text: string;
  /** The time that it names, as of a plan; null where there is none. */
  readonly whenMs: number | null;
  readonly sessionId: string | null;
  /** What the same again within a while is not told of; absent: the op itself. */
  readonly once?: { readonly key: string; readonly forMs: number };
}

/** How long after it was done something is still news: an op may have waited in a tunnel. */
const freshMs: Readonly<Record<PushKind, number>> = {
  message: 24 * 3_600_000,
  'session-started': 600_000,
  'session-planned': 24 * 3_600_000,
  'member-joined': 3_600_000,
  'track-added': 3_600_000,
  'place-saved': 3_600_000,
  'place-reached': 900_000,
  'place-left': 900_000,
};

/** Whether it is worth telling yet: it may have waited for a server that was down. */
export function isNews({ kind, atMs }: PushEvent, nowMs: number): boolean {
  return nowMs - atMs <= freshMs[kind];
}

/** How many events there are in a commit at most: looked at for each commit, so by types alone. */
export function mostEventsIn({ runs }: Pick<Commit, 'runs'>): number {
  let most = 0;
  for (const run of runs) {
    const { types } = factsOf(run);
    if (eventTypes.some((type) => types.has(type))) most += run.ops.length;
  }
  return most;
}

export function eventsIn({ runs, atMs }: Pick<Commit, 'runs' | 'atMs'>): readonly PushEvent[] {
  const events: PushEvent[] = [];
  for (const { stamperId, authorId, ops } of runs) {
    for (const [, counter, wallMs, , type, payload] of ops) {
      const read = readOf(type, payload);
      if (!read || atMs - wallMs > freshMs[read.kind]) continue;
      const { kind, text = '', whenMs = null, sessionId = null } = read;
      const opId = `${stamperId}-${counter}`;
      events.push({ kind, opId, authorId, atMs, text, whenMs, sessionId });
    }
  }
  return events;
}

/** A start that found a session running is no start, and a plan that was called off is none any more. */
export function stillHolds({ kind, sessionId }: PushEvent, state: ScopeState): boolean {
  if (state.kind !== 'group' || state.info.info.deleted) return false;
  if (kind === 'session-started') return state.session.running?.sessionId === sessionId;
  if (kind === 'session-planned') return state.session.planned?.sessionId === sessionId;
  return true;
}

type Read = Pick<PushEvent, 'kind'> & Partial<PushEvent>;

type Readers = { readonly [Type in OpType]?: (payload: Payloads[Type]) => Read };

const readers: Readers = {
  'messages.send': ({ text }) => ({ kind: 'message', text }),
  'session.start': ({ sessionId }) => ({ kind: 'session-started', sessionId }),
  'session.plan': ({ sessionId, atMs }) => ({ kind: 'session-planned', sessionId, whenMs: atMs }),
  'members.join': ({ name }) => ({ kind: 'member-joined', text: name }),
  'playlist.add': ({ items }) => ({ kind: 'track-added', text: items[0]?.title ?? '' }),
  'places.save': ({ name }) => ({ kind: 'place-saved', text: name }),
};

const eventTypes = Object.keys(readers);

function readOf(type: string, payload: unknown): Read | undefined {
  // Casts: decoding has let known types alone into the log, each with the payload of its own type.
  const read = readers[type as OpType] as ((payload: unknown) => Read) | undefined;
  return read?.(payload);
}
