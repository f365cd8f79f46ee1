import { BehaviorSubject } from 'rxjs';
import type {
  Group,
  GroupAction,
  GroupAvailability,
  GroupInfo,
  Invitation,
  Jamz,
  Member,
  MemberPosition,
  Message,
  NowPlaying,
  Place,
  Playback,
  PlaylistEntry,
  Sent,
} from '../../../sdk/index.ts';
import { FakeListener } from './fake-listener.ts';
import { FakeTrips } from './fake-trips.ts';

export const sent: Sent = { opId: 'ana-1', acked: Promise.resolve() };

type Stream<T> = BehaviorSubject<T>;

function stream<T>(value: T): Stream<T> {
  return new BehaviorSubject<T>(value);
}

export const silence: NowPlaying = {
  item: null,
  playing: false,
  positionMs: 0,
  atServerMs: 0,
  rate: 1,
  durationMs: null,
  by: null,
  repeat: 'off',
  shuffle: false,
  previousItem: null,
  nextItem: null,
};

/** A whole Group over subjects that a test moves by hand; `calls` names what was asked of it. */
export class FakeGroup implements Group {
  readonly calls: string[] = [];
  readonly id: string;
  readonly jamz: Jamz;
  readonly listener: FakeListener = new FakeListener();
  /** What the server says of past drives. */
  readonly trips: FakeTrips = new FakeTrips(this.calls);
  /** What this member may not do. */
  denied: ReadonlySet<GroupAction> = new Set();
  answerPeaks: readonly number[] | null = null;
  answerArtworkUrl: string | null = null;

  readonly availability$: Stream<GroupAvailability> = stream<GroupAvailability>({ kind: 'ready' });
  readonly info$: Stream<GroupInfo | null> = stream<GroupInfo | null>({
    name: 'Crew',
    photoFileId: null,
    policies: { join: 'open', add: 'everyone', control: 'everyone' },
    createdAtMs: 0,
    deleted: false,
  });
  readonly members$: Stream<readonly Member[]> = stream<readonly Member[]>([
    member('ana', 'Ana Novak', 'owner'),
    member('bo', 'Bo Lind', 'member'),
  ]);
  readonly me$: Stream<Member | null> = stream<Member | null>(member('ana', 'Ana Novak', 'owner'));
  readonly playlist$: Stream<readonly PlaylistEntry[]> = stream<readonly PlaylistEntry[]>([]);
  readonly playback$: Stream<Playback> = stream<Playback>({
    itemId: null,
    positionMs: 0,
    atServerMs: 0,
    playing: false,
    rate: 1,
    by: null,
  });
  readonly nowPlaying$: Stream<NowPlaying> = stream(silence);
  readonly session$: Group['session$'] & Stream<Group['session$']['value']> = stream<
    Group['session$']['value']
  >({ running: null, planned: null });
  readonly places$: Stream<readonly Place[]> = stream<readonly Place[]>([]);
  readonly messages$: Stream<readonly Message[]> = stream<readonly Message[]>([]);
  readonly invitations$: Stream<readonly Invitation[]> = stream<readonly Invitation[]>([]);
  readonly history$: Stream<Group['history$']['value']> = stream<Group['history$']['value']>([]);
  readonly positions$: Stream<readonly MemberPosition[]> = stream<readonly MemberPosition[]>([]);
  readonly sharing$: Stream<Group['sharing$']['value']> = stream<Group['sharing$']['value']>({
    mode: 'off',
    untilMs: null,
  });

  constructor(jamz: Jamz, id: string = 'crew') {
    this.jamz = jamz;
    this.id = id;
  }

  can(action: GroupAction): boolean {
    return !this.denied.has(action);
  }
  update = (): Sent => this.#say('update');
  delete = (): Sent => this.#say('delete');
  startSession = (): Sent => this.#say('startSession');
  joinSession = (): Sent => this.#say('joinSession');
  leaveSession = (): Sent => this.#say('leaveSession');
  endSession = (): Sent => this.#say('endSession');
  planSession = (): Sent => this.#say('planSession');
  play = (): Sent => this.#say('play');
  pause = (): Sent => this.#say('pause');
  seek = (positionMs: number): Sent => this.#say(`seek ${Math.round(positionMs)}`);
  next = (): Sent => this.#say('next');
  previous = (): Sent => this.#say('previous');
  select = (itemId: string): Sent => this.#say(`select ${itemId}`);
  repeat = (mode: string): Sent => this.#say(`repeat ${mode}`);
  shuffle = (on: boolean): Sent => this.#say(`shuffle ${on}`);
  addTracks: Group['addTracks'] = (tracks, options) => {
    const at = options?.after === undefined ? '' : ` after ${options.after}`;
    return this.#say(`addTracks ${tracks.map((track) => track.title).join(', ')}${at}`);
  };
  removeTrack = (itemId: string): Sent => this.#say(`removeTrack ${itemId}`);
  moveTrack: Group['moveTrack'] = (itemId, { after }) =>
    this.#say(`moveTrack ${itemId} after ${after}`);
  amendTrack: Group['amendTrack'] = (itemId, { durationMs }) =>
    this.#say(`amendTrack ${itemId} ${durationMs}`);
  like = (itemId: string): Sent => this.#say(`like ${itemId}`);
  unlike = (itemId: string): Sent => this.#say(`unlike ${itemId}`);
  answerOlderMessages: readonly Message[] = [];
  positionHistory: Group['positionHistory'] = async ({ from, to }) => {
    this.calls.push(`positionHistory ${from} ${to}`);
    return Object.assign([], { everyMs: 1, gaps: [] });
  };
  trip: Group['trip'] = ({ from, until }) => this.trips.trip(`${from} ${until}`);
  tripLinks: Group['tripLinks'] = () => this.trips.tripLinks();
  shareTrip: Group['shareTrip'] = (wish) => this.trips.shareTrip(wish);
  answerTrip: Group['answerTrip'] = (id, answer) => this.trips.answerTrip(id, answer);
  endTripLink: Group['endTripLink'] = (id) => this.trips.endTripLink(id);
  olderMessages: Group['olderMessages'] = async (before) => {
    this.calls.push(`olderMessages ${before}`);
    return this.answerOlderMessages;
  };
  async invite(): Promise<{ code: string; url: string }> {
    this.calls.push('invite');
    return { code: 'road-trip', url: 'https://jamz.example/join/road-trip' };
  }
  revokeInvitation = (code: string): Sent => this.#say(`revokeInvitation ${code}`);
  setRole: Group['setRole'] = (memberId, role) => this.#say(`setRole ${memberId} ${role}`);
  describeMe: Group['describeMe'] = (patch) => this.#say(`describeMe ${JSON.stringify(patch)}`);
  removeMember: Group['removeMember'] = (memberId, options) =>
    this.#say(`removeMember ${memberId}${options?.ban ? ' ban' : ''}`);
  leave = (): Sent => this.#say('leave');
  report: Group['report'] = async (memberId, reason) => {
    this.calls.push(`report ${memberId} ${reason}`);
  };
  takeDown: Group['takeDown'] = async (itemId) => {
    this.calls.push(`takeDown ${itemId}`);
  };
  reportPosition: Group['reportPosition'] = ({ lat, lng }) => {
    this.calls.push(`reportPosition ${lat} ${lng}`);
  };
  sharing: Group['sharing'] = (mode, { until, paused, primary, visits } = {}) => {
    this.calls.push(`sharing ${mode}${primary ? ' primary' : ''}${visits ? ' visits' : ''}`);
    this.sharing$.next({
      ...{ mode, untilMs: mode === 'off' ? null : (until ?? null) },
      ...(paused && mode !== 'off' ? { pausedAtMs: this.jamz.serverNow() } : {}),
      ...((visits ?? this.sharing$.value.visits) ? { visits: true } : {}),
    });
  };
  savePlace: Group['savePlace'] = ({ name }) => this.#say(`savePlace ${name}`);
  updatePlace: Group['updatePlace'] = (placeId) => this.#say(`updatePlace ${placeId}`);
  removePlace: Group['removePlace'] = (placeId) => this.#say(`removePlace ${placeId}`);
  send = (text: string): Sent => this.#say(`send ${text}`);
  listen(): FakeListener {
    if (!this.calls.includes('listen')) this.calls.push('listen');
    return this.listener;
  }
  async trackUrl(itemId: string): Promise<string> {
    return `/v1/files/${itemId}/audio`;
  }
  async artworkUrl(): Promise<string | null> {
    return this.answerArtworkUrl;
  }
  async peaks(): Promise<readonly number[] | null> {
    return this.answerPeaks;
  }

  #say(word: string): Sent {
    this.calls.push(word);
    return sent;
  }
}

export function member(memberId: string, name: string, role: Member['role']): Member {
  return { memberId, name, role, photoFileId: null, joinedAtMs: 0, incarnation: 1 };
}

/** A playlist entry with sensible rest. */
export function entry(itemId: string, patch: Partial<PlaylistEntry> = {}): PlaylistEntry {
  return {
    itemId,
    title: `Song ${itemId}`,
    artist: 'The Tunnels',
    durationMs: 180_000,
    fileId: `file-${itemId}`,
    addedBy: 'ana',
    addedAtMs: 0,
    likes: 0,
    likedByMe: false,
    ...patch,
  };
}
