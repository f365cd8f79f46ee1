import {
  type CSSResult,
  type CSSResultGroup,
  html,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Observable } from 'rxjs';
import type {
  Group,
  GroupAvailability,
  Member,
  NowPlaying,
  PlaylistEntry,
  SyncStatus,
} from '../../sdk/index.ts';
import { baseStyles } from '../shared/base-styles.ts';
import { coreWords } from '../shared/core-words.ts';
import { Frames } from '../shared/frames.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { wayIn } from '../shared/way-in.ts';
import { wordsFor } from '../shared/words.ts';
import { Commands } from './commands.ts';
import { DevicePosition } from './device-position.ts';
import { keyCommand } from './keys.ts';
import { layouts } from './layouts.ts';
import { Listening } from './listening.ts';
import { hasEnded, positionAt } from './position.ts';
import { SeekBar, type SeekState } from './seek-bar.ts';
import { seekStyles } from './seek-styles.ts';
import { SoundPart } from './sound-part.ts';
import { StandIn } from './stand-in.ts';
import { playerStyles } from './styles.ts';
import { TrackExtras } from './track-extras.ts';
import { TrackFacts } from './track-facts.ts';
import { transportView } from './transport.ts';
import { footView, headView, skeletonView, troubleText } from './views.ts';
import { playerWords } from './words.ts';

/**
 * Plays the group's music: what sounds, where it is, and who is in control.
 *
 * @slot empty - in place of the invitation to add a first track
 * @slot error - in place of what is said when the group cannot be shown
 * @slot signed-out - in place of what is said when nobody is signed in
 * @csspart base artwork title artist like seek time transport toggle previous next shuffle repeat volume listen foot help settings settings-sheet
 * @cssprop --jamz-accent - without it, the accent is drawn from the artwork
 * @fires jamz-request-play - cancelable, as are -pause, -seek, -next, -previous, -select, -like
 * @fires jamz-play - the group's music began to play; `jamz-pause` when it stopped
 * @fires jamz-track-change - another track is the current one
 */
export class JamzPlayer extends JamzElement {
  static override readonly styles: CSSResultGroup = [
    ...baseStyles,
    playerStyles,
    seekStyles,
    layouts,
  ];

  static override readonly properties: PropertyDeclarations = {
    layout: { reflect: true },
    pan: { type: Number },
    keyboard: {},
  };

  /** Chosen by the room there is, `auto`, unless named; `card` shows the artwork large. */
  declare layout: 'auto' | 'compact' | 'card' | undefined;
  /** −1 left … 1 right, 0 unless set: this device's sound only. */
  declare pan: number | undefined;
  /** `off` leaves all keys to the page. */
  declare keyboard: 'on' | 'off' | undefined;

  readonly #access = new GroupController(this, { guestName: () => guestName(Math.random) });
  readonly #availability: StreamController<GroupAvailability> = this.#follow(
    (group) => group.availability$,
  );
  readonly #status: StreamController<SyncStatus> = new StreamController(
    this,
    () => this.#access.jamz?.status$,
  );
  readonly #facts = new TrackFacts(this);
  readonly #now: StreamController<NowPlaying> = new StreamController(
    this,
    () => this.#access.group?.nowPlaying$,
    (now) => this.#hear(now),
  );
  readonly #playlist: StreamController<readonly PlaylistEntry[]> = this.#follow(
    (group) => group.playlist$,
  );
  readonly #members: StreamController<readonly Member[]> = this.#follow((group) => group.members$);
  readonly #listening = new Listening(
    this,
    () => this.#access.group,
    () => this.pan ?? 0,
  );
  readonly #extras = new TrackExtras(this, () => this.#currentTrack());
  readonly #seekBar = new SeekBar(this, {
    state: () => this.#seekState(),
    seek: (positionMs) => this.#commands.seek(positionMs),
  });
  readonly #commands = new Commands(this, {
    group: () => this.#access.group,
    now: () => this.#now.value,
    listening: this.#listening,
  });
  /** Takes what came with a later part. */
  readonly #dress = (styles: readonly CSSResult[]): void => {
    this.wear(styles);
    this.requestUpdate();
  };
  readonly #sound = new SoundPart(this, this.#commands, this.#dress);
  readonly #device = new DevicePosition(this.#listening);
  readonly #standIn = new StandIn(this, this.#dress);
  #ended = false;

  constructor() {
    super();
    new Frames(
      this,
      () => this.#now.value?.playing ?? false,
      () => this.#paint(),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sound.followers?.clear();
  }

  override render(): TemplateResult {
    const words = wordsFor(this, playerWords);
    const inside = this.#inside();
    return html`
      <div class="frame" part="base">
        <div
          role="group"
          class="player"
          aria-label=${words.player}
          aria-busy=${inside === undefined}
          @keydown=${this.#key}
        >
          ${inside ?? skeletonView(wordsFor(this, coreWords).loading)}
        </div>
        <div class="hidden-visually" role="status">${this.#facts.announcement(words)}</div>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    // Empty takes it away.
    frame?.style.setProperty('--_art', this.#extras.accent ?? '');
    this.#showOnSystem();
  }

  /** Undefined while there is nothing to show yet. */
  #inside(): TemplateResult | undefined {
    const { access, group } = this.#access;
    const availability = this.#availability.value;
    const way = wayIn(access, availability);
    if (way === 'waiting') return undefined;
    if (way === 'barred') return this.#standIn.barred(access, availability);
    const now = this.#now.value;
    const tracks = this.#playlist.value;
    if (!group || !now || !tracks) return undefined;
    const empty = !now.item && tracks.length === 0;
    return empty ? this.#standIn.empty(group, tracks) : this.#contentView(group, now, tracks);
  }

  #contentView(group: Group, now: NowPlaying, tracks: readonly PlaylistEntry[]): TemplateResult {
    const words = wordsFor(this, playerWords);
    const common = wordsFor(this, coreWords);
    const { item } = now;
    const allowed = group.can('control');
    const listener = this.#listening.listener;
    const state = this.#listening.state;
    return html`
      ${headView({
        words,
        item,
        entry: this.#facts.entryOf(tracks, item),
        extras: this.#extras,
        count: tracks.length,
        offline: this.#status.value?.state === 'OFFLINE' ? common.offline : undefined,
        like: this.#commands.like,
      })}
      ${this.#seekBar.render({
        words,
        peaks: this.#extras.peaks,
        buffered: this.#listening.buffered,
        buffering: now.playing && state?.kind === 'buffering',
        disabled: !allowed || !item,
      })}
      <div class="controls">
        ${transportView({
          words,
          now,
          playing: now.playing && !this.#ended,
          ended: this.#ended,
          allowed: allowed && (item !== null || tracks.length > 0),
          commands: this.#commands,
        })}
        ${listener && this.#sound.code?.volumeView(this, this.#listening, listener)}
      </div>
      ${footView({
        words,
        now,
        state,
        ended: this.#ended,
        allowed,
        trouble: this.#sound.code?.troubleView ?? troubleText,
        needsTap: now.playing && !this.#ended && (!listener || state?.kind === 'blocked'),
        jamz: group.jamz,
        members: this.#members.value ?? [],
        listen: () => this.#listening.start(),
        settings: listener && this.#sound.code?.settingsView(this, listener),
        help: this.keyboard === 'off' ? undefined : () => this.#showKeys(),
      })}
    `;
  }

  #hear(now: NowPlaying): void {
    this.#facts.hear(now);
    if (now.playing && !this.#listening.listener && this.#listening.allowed) {
      this.#listening.start();
    }
  }

  #seekState(): SeekState {
    const now = this.#now.value;
    const group = this.#access.group;
    if (!now || !group) return { durationMs: null, positionMs: 0, ghostMs: null };
    return this.#device.at(now, group.jamz.serverNow());
  }

  #paint(): void {
    this.#seekBar.paint();
    const now = this.#now.value;
    const group = this.#access.group;
    const ended = now && group ? hasEnded(now, group.jamz.serverNow()) : false;
    if (ended === this.#ended) return;
    this.#ended = ended;
    this.requestUpdate();
  }

  #showOnSystem(): void {
    const now = this.#now.value;
    const group = this.#access.group;
    if (!group || !this.#listening.listener) return;
    this.#sound.load();
    if (!now?.item) return;
    this.#sound.followers?.look(group, now, this.#listening.state);
    this.#sound.followers?.show({
      item: now.item,
      artworkUrl: this.#extras.artworkUrl,
      playing: now.playing && !this.#ended,
      positionMs: positionAt(now, group.jamz.serverNow()),
      durationMs: now.durationMs,
    });
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (this.keyboard === 'off' || this.#availability.value?.kind !== 'ready') return;
    const command = keyCommand(event);
    if (!command) return;
    event.preventDefault();
    if (command.kind === 'help') this.#showKeys();
    else this.#commands.key(command, this.#seekState().positionMs);
  };

  #showKeys(): void {
    import('./key-sheet.ts').then(
      ({ openKeySheet }) => openKeySheet(this, this.#dress),
      () => {
        // No network for the code: the keys work all the same.
      },
    );
  }

  #currentTrack(): { group: Group; itemId: string } | undefined {
    const group = this.#access.group;
    const itemId = this.#now.value?.item?.itemId;
    return group && itemId !== undefined ? { group, itemId } : undefined;
  }

  #follow<T>(pick: (group: Group) => Observable<T>): StreamController<T> {
    return new StreamController(this, () => this.#access.group && pick(this.#access.group));
  }
}
