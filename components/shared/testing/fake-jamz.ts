import { BehaviorSubject } from 'rxjs';
import type {
  Assistant,
  Conflict,
  Device,
  Group,
  GroupSummary,
  Inspector,
  Jamz,
  Notice,
  PrivatePlace,
  Profile,
  SetAsideEntry,
  SyncStatus,
  Trip,
  Upload,
  User,
} from '../../../sdk/index.ts';
import { FakeGroup, sent } from './fake-group.ts';
import { FakeInspector } from './fake-inspector.ts';
import { FakePush } from './fake-push.ts';
import { fakeSecondFactor } from './fake-second-factor.ts';
import { FakeTrips } from './fake-trips.ts';
import { FakeUpload } from './fake-upload.ts';

export const ana: User = { id: 'ana', name: 'Ana Novak', guest: false };

export const synced: SyncStatus = {
  state: 'SYNCED',
  pending: 0,
  setAside: 0,
  conflicts: 0,
  lastSyncedAt: 1_700_000_000_000,
  nextRetryAt: null,
  leader: true,
  clockOffsetMs: 2,
  roundTripMs: 24,
  error: null,
  storage: 'disk',
  storageNote: null,
};

/** A whole Jamz over subjects that a test moves by hand; `calls` names what was asked of it. */
export class FakeJamz implements Jamz {
  readonly calls: string[] = [];
  server = 'http://localhost:4000';
  readonly site: string;
  readonly user$: BehaviorSubject<User | null> = new BehaviorSubject<User | null>(ana);
  readonly status$: BehaviorSubject<SyncStatus> = new BehaviorSubject(synced);
  readonly setAside$: BehaviorSubject<readonly SetAsideEntry[]> = new BehaviorSubject<
    readonly SetAsideEntry[]
  >([]);
  readonly conflicts$: BehaviorSubject<readonly Conflict[]> = new BehaviorSubject<
    readonly Conflict[]
  >([]);
  readonly notices$: BehaviorSubject<readonly Notice[]> = new BehaviorSubject<readonly Notice[]>(
    [],
  );
  readonly profile$: BehaviorSubject<Profile | null> = new BehaviorSubject<Profile | null>(null);
  readonly groups$: BehaviorSubject<readonly GroupSummary[]> = new BehaviorSubject<
    readonly GroupSummary[]
  >([]);
  readonly session: Jamz['session'] = this.#fakeSession();
  readonly uploads$: BehaviorSubject<readonly Upload[]> = new BehaviorSubject<readonly Upload[]>(
    [],
  );
  readonly uploads: Jamz['uploads'] = this.#fakeUploads();
  /** Uploads that were started, newest last. */
  readonly started: FakeUpload[] = [];
  /** What a look inside shows. */
  readonly inspector: FakeInspector = new FakeInspector(this);
  /** What the server's clock says. */
  nowMs = 1_700_000_000_000;
  /** Answers the next sign-in, guest or not; default: takes any name. */
  answerSignIn: (name: string) => Promise<User> = async (name) => ({
    id: 'guest',
    name,
    guest: true,
  });
  /** Where the person is signed in. */
  devices: readonly Device[] = [];
  /** Codes for recovery that are left; undefined while signing in asks for no code. */
  codesLeft: number | undefined;
  readonly fakePush: FakePush = new FakePush();
  /** What the server says of shared trips. */
  readonly trips: FakeTrips = new FakeTrips(this.calls);
  /** Who answers questions; absent where there is none. */
  assistant?: Assistant;
  /** The private places of this device. */
  readonly hidden$: BehaviorSubject<readonly PrivatePlace[] | undefined> = new BehaviorSubject<
    readonly PrivatePlace[] | undefined
  >([]);
  /** Thrown by what only the server can do: devices, history, data, reports. */
  failure: Error | undefined;
  readonly #groups = new Map<string, FakeGroup>();

  constructor(site: string = 'pk_demo') {
    this.site = site;
  }

  serverNow(): number {
    return this.nowMs;
  }
  group(id: string): FakeGroup {
    const group = this.#groups.get(id) ?? new FakeGroup(this, id);
    this.#groups.set(id, group);
    return group;
  }
  async openGroup(place: string): Promise<Group> {
    this.calls.push(`openGroup ${place}`);
    return this.group('open');
  }
  async deletePositionHistory(): Promise<void> {
    this.#ask('deletePositionHistory');
  }
  async positionHistoryChoice(
    patch?: Parameters<Jamz['positionHistoryChoice']>[0],
  ): ReturnType<Jamz['positionHistoryChoice']> {
    this.#ask(`positionHistoryChoice ${JSON.stringify(patch)}`);
    return { seenBy: 'me', keepDays: 30, siteDays: 30, ...patch };
  }
  async privatePlaces(): ReturnType<Jamz['privatePlaces']> {
    this.#ask('privatePlaces');
    const { hidden$ } = this;
    return {
      places$: hidden$,
      async add(place) {
        const known = hidden$.value ?? [];
        const added = { id: `p${known.length + 1}`, name: '', radiusM: 300, ...place };
        hidden$.next([...known, added]);
        return added;
      },
      async remove(id) {
        hidden$.next(hidden$.value?.filter((place) => place.id !== id));
      },
    };
  }
  trip(code: string): Promise<Trip> {
    return this.trips.trip(code);
  }
  async push(): ReturnType<Jamz['push']> {
    this.#ask('push');
    return this.fakePush;
  }
  async addPhoto(): Promise<string> {
    this.#ask('addPhoto');
    return 'photo-1';
  }

  async exportData({ format }: { format: 'json' | 'csv' }): Promise<Blob> {
    this.#ask(`exportData ${format}`);
    return new Blob([]);
  }

  async deleteAccount(proof: Parameters<Jamz['deleteAccount']>[0]): Promise<void> {
    this.#ask(`deleteAccount ${JSON.stringify(proof)}`);
    this.user$.next(null);
  }

  async createGroup({ name }: { name: string }): Promise<Group> {
    this.calls.push(`createGroup ${name}`);
    return this.group(name);
  }
  async joinGroup(code: string): Promise<Group> {
    this.calls.push(`joinGroup ${code}`);
    return this.group(code);
  }
  async syncNow(): Promise<void> {
    this.calls.push('syncNow');
  }
  metrics(): ReturnType<Jamz['metrics']> {
    return {
      syncSuccessRate: 1,
      retriesBeforeSuccess: 0,
      outboxLength: 0,
      cacheHitRate: 1,
      syncLatencyMs: null,
      conflictRate: 0,
    };
  }
  async inspect(): Promise<Inspector> {
    return this.inspector;
  }
  updateProfile(): typeof sent {
    this.calls.push('updateProfile');
    return sent;
  }
  online(on: boolean): void {
    this.calls.push(`online ${on}`);
  }
  async close(): Promise<void> {
    this.calls.push('close');
  }

  /** Notes a question to the server, which may fail. */
  #ask(call: string): void {
    this.calls.push(call);
    if (this.failure) throw this.failure;
  }

  #fakeSession(): Jamz['session'] {
    const enter = async (how: string, name: string): Promise<User> => {
      this.calls.push(`${how} ${name}`);
      const user = await this.answerSignIn(name);
      this.user$.next(user);
      return user;
    };
    return {
      user$: this.user$,
      restored: Promise.resolve(null),
      signUp: ({ name }) => enter('signUp', name),
      signIn: ({ email, code }) => enter('signIn', code === undefined ? email : `${email} ${code}`),
      signInAsGuest: ({ name }) => enter('guest', name),
      signOut: async () => {
        this.calls.push('signOut');
        this.user$.next(null);
      },
      upgrade: ({ email }) => enter('upgrade', email),
      requestPasswordReset: async (email) => this.#ask(`requestPasswordReset ${email}`),
      requestEmailVerification: async () => this.#ask('requestEmailVerification'),
      changeSignIn: async (change) => {
        const what = 'newPassword' in change ? 'password' : `email ${change.email}`;
        this.#ask(`changeSignIn ${what}`);
      },
      secondFactor: async () => {
        this.#ask('secondFactor');
        return fakeSecondFactor(this, (call) => this.#ask(call));
      },
      devices: async () => {
        this.#ask('devices');
        return this.devices;
      },
      endDevice: async (deviceId) => {
        this.#ask(`endDevice ${deviceId}`);
        this.devices = this.devices.filter(({ id }) => id !== deviceId);
      },
      signOutAndForget: async () => {
        this.calls.push('signOutAndForget');
        this.user$.next(null);
      },
      signOutElsewhere: async () => {
        this.#ask('signOutElsewhere');
        this.devices = this.devices.filter(({ current }) => current);
      },
    };
  }

  #fakeUploads(): Jamz['uploads'] {
    return {
      add: (file, options) => {
        const name = options.name ?? ('name' in file ? file.name : '');
        const upload = new FakeUpload(name, file.size, options.groupId, `~${this.started.length}`);
        this.started.push(upload);
        this.uploads$.next([...this.uploads$.value, upload]);
        return upload;
      },
      list$: this.uploads$,
    };
  }
}
