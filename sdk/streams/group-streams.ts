import type { Group, GroupAction, GroupAvailability } from '../api.ts';
import { may } from '../merge/permissions.ts';
import type { GroupState, Message, Place } from '../merge/states.ts';
import type { Scope, UserId } from '../protocol/ids.ts';
import type { EndedScope } from '../protocol/wire.ts';
import type { Live } from './live.ts';
import { likersOf, playlistEntries } from './playlist.ts';
import { type Changes, memo, View } from './view.ts';

/** What the streams of one group are computed from. */
export interface GroupSource {
  readonly scope: Scope;
  readonly changes: Changes;
  state(): GroupState | undefined;
  userId(): UserId | undefined;
  ended(): EndedScope | undefined;
  signedIn(): boolean;
}

type Streams = Pick<
  Group,
  | 'availability$'
  | 'info$'
  | 'members$'
  | 'me$'
  | 'playlist$'
  | 'playback$'
  | 'session$'
  | 'places$'
  | 'messages$'
  | 'invitations$'
  | 'history$'
>;

const none: readonly never[] = [];
const silence = {
  itemId: null,
  positionMs: 0,
  atServerMs: 0,
  playing: false,
  rate: 1,
  by: null,
} as const;
const noSession = { running: null, planned: null } as const;

/** The streams that are plain functions of the folded state. */
export function groupStreams(source: GroupSource): Streams {
  const view = <T>(read: () => T): Live<T> => new View(read, source.changes);
  /** A list made from one part of the state, anew only when that part changed. */
  const list = <Part, T>(
    part: (state: GroupState) => Part,
    make: (part: Part) => readonly T[],
  ): Live<readonly T[]> => {
    const read = memo(
      () => [pick(source.state(), part)],
      (value): readonly T[] => (value === undefined ? none : make(value)),
    );
    return view(read);
  };
  const entries = playlistEntries();

  return {
    availability$: view(
      memo(
        () => [source.signedIn(), source.ended(), source.state()?.members !== undefined],
        availability,
      ),
    ),
    info$: view(() => source.state()?.info.info ?? null),
    members$: list(
      (state) => state.members.present,
      (present) => [...present.values()],
    ),
    me$: view(() => source.state()?.members.present.get(source.userId() ?? '') ?? null),
    playlist$: view(
      memo(
        () => [source.state()?.playlist, source.state()?.reactions, source.userId()],
        (playlist, reactions, userId) =>
          playlist && reactions ? entries(playlist, reactions, userId) : none,
      ),
    ),
    playback$: view(() => source.state()?.playback.record ?? silence),
    session$: view(
      memo(
        () => [source.state()?.session],
        (session) => (session ? { running: session.running, planned: session.planned } : noSession),
      ),
    ),
    places$: list(
      (state) => state.places,
      (places): readonly Place[] =>
        [...places.values()]
          .filter((place) => !place.removed)
          .map(({ stamps: _stamps, removed: _removed, ...place }) => place),
    ),
    messages$: list(
      (state) => state.messages,
      (messages): readonly Message[] =>
        [...messages.values()]
          .filter(({ hidden }) => !hidden)
          .sort((one, other) => one.seq - other.seq)
          .map(({ seq: _seq, stamp: _stamp, hidden: _hidden, ...message }) => message),
    ),
    invitations$: list(
      (state) => state.invitations,
      (invitations) => [...invitations.values()].filter((invitation) => !invitation.revoked),
    ),
    history$: view(
      memo(
        () => [source.state()?.plays, source.state()?.reactions],
        (plays, reactions) =>
          plays && reactions
            ? plays.map((play) => ({ ...play, likedBy: likersOf(reactions, play.itemId) }))
            : none,
      ),
    ),
  };
}

/** Whether this member may do it now, as far as this replica knows. */
export function canNow(source: GroupSource, action: GroupAction): boolean {
  const state = source.state();
  const userId = source.userId();
  return state !== undefined && userId !== undefined && may(state, userId, action);
}

function pick<Part>(
  state: GroupState | undefined,
  part: (state: GroupState) => Part,
): Part | undefined {
  return state && part(state);
}

function availability(
  signedIn: boolean,
  ended: EndedScope | undefined,
  known: boolean,
): GroupAvailability {
  if (!signedIn) return { kind: 'signed-out' };
  if (ended) return { kind: 'unavailable', code: ended.code, message: ended.message };
  return known ? { kind: 'ready' } : { kind: 'connecting' };
}
