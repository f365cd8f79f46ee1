import { type Group, JamzError, type PhoneOffset, type SoundDevice } from 'trafficjamz';
import { openReplica } from '../phone/replica.ts';
import { type Lane, lanesOf, leftOutOf, turnsOf } from './lanes.ts';

/** How the page stands. */
export type ProofState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'failed'; readonly message: string }
  /** This phone chirps; `hearing` tells what its microphone does. */
  | {
      readonly kind: 'ready';
      readonly hearing: 'no' | 'opening' | 'yes';
      readonly trouble?: string;
    };

export interface ProofOptions {
  readonly inviteCode: string | undefined;
  readonly place: string;
  readonly memory: Storage;
  readonly onChange: () => void;
}

/** One phone of the proof: it chirps when it is its turn, and hears the others where its person lets it. */
export class Proof {
  readonly #options: ProofOptions;
  state: ProofState = { kind: 'asking' };
  group: Group | undefined;
  #device: SoundDevice | undefined;
  #heard: readonly PhoneOffset[] = [];
  #slot: number | undefined;
  #stopChirps: (() => void) | undefined;
  #stopHearing: (() => void) | undefined;
  /** The turns that are listened for, by who has them. */
  #listenedFor = '';

  constructor(options: ProofOptions) {
    this.#options = options;
  }

  get lanes(): readonly Lane[] {
    const { group } = this;
    return group ? lanesOf(group.members$.value, this.#heard, group.me$.value?.memberId) : [];
  }

  /** What is said of phones that have no turn. */
  get leftOut(): string | undefined {
    const { group } = this;
    return group && leftOutOf(group.members$.value, group.me$.value?.memberId);
  }

  /** From a tap: sound needs one. */
  async begin(name: string): Promise<void> {
    const { inviteCode, place, memory } = this.#options;
    this.#show({ kind: 'opening' });
    try {
      const namespace = inviteCode ? 'prove-guest' : 'prove';
      const replica = openReplica(
        { namespace, name, place, ...(inviteCode ? { inviteCode } : {}) },
        memory,
      );
      const group = await replica.openGroup();
      this.group = group;
      const listener = group.listen();
      await listener.start();
      this.#device = await listener.device();
      if (!this.#device)
        throw new JamzError('unavailable', 'The code for sound did not come. Try again.');
      this.#show({ kind: 'ready', hearing: 'no' });
      group.members$.subscribe(() => this.#follow());
      group.me$.subscribe(() => this.#follow());
    } catch (error) {
      this.#show({ kind: 'failed', message: messageOf(error) });
    }
  }

  /** Hears with this phone's microphone, from a tap. */
  async hear(): Promise<void> {
    const { group } = this;
    const device = this.#device;
    if (!group || !device) return;
    this.#stopHearing?.();
    this.#stopHearing = undefined;
    this.#heard = [];
    this.#show({ kind: 'ready', hearing: 'opening' });
    try {
      const turns = turnsOf(group.members$.value);
      this.#listenedFor = JSON.stringify(turns.map(({ memberId }) => memberId));
      this.#stopHearing = await device.hearChirps([...turns.keys()], (heard) => {
        this.#heard = heard;
        this.#options.onChange();
      });
      this.#show({ kind: 'ready', hearing: 'yes' });
      // Somebody may have come while the browser asked.
      this.#follow();
    } catch (error) {
      this.#show({ kind: 'ready', hearing: 'no', trouble: messageOf(error) });
    }
  }

  stopHearing(): void {
    this.#stopHearing?.();
    this.#stopHearing = undefined;
    this.#show({ kind: 'ready', hearing: 'no' });
  }

  #follow(): void {
    const { group } = this;
    const turns = turnsOf(group?.members$.value ?? []);
    const mine = turns.findIndex(({ memberId }) => memberId === group?.me$.value?.memberId);
    if (mine !== this.#slot) {
      this.#slot = mine;
      this.#stopChirps?.();
      this.#stopChirps = mine < 0 ? undefined : this.#device?.chirp(mine);
    }
    const listenedFor = JSON.stringify(turns.map(({ memberId }) => memberId));
    if (this.#stopHearing && listenedFor !== this.#listenedFor) void this.hear();
    this.#options.onChange();
  }

  #show(state: ProofState): void {
    this.state = state;
    this.#options.onChange();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
