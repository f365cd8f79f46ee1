import {
  type CSSResult,
  html,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Group, Trip } from '../../sdk/index.ts';
import type { GroundOptions } from '../map/ground.ts';
import { shellStyles } from '../map/shell-styles.ts';
import { type Obstacle, obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { tell } from '../shared/events.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { inTime } from '../shared/timers.ts';
import { wordsFor } from '../shared/words.ts';
import { obstacleOf } from './obstacles.ts';
import { livelySpan } from './span.ts';
import type { TripHost, TripRoom } from './trip-room.ts';
import { tripShellStyles } from './trip-shell-styles.ts';
import { TripSource, type TripWish } from './trip-source.ts';

const hourMs = 3_600_000;
/** What is shown when nobody says from when. */
const lastingMs = 12 * hourMs;
/** With points as far apart as that, bends are cut. */
const coarseMs = 2_000;

interface Asked {
  readonly from: number;
  readonly until: number;
}

/**
 * A drive that is over: who was where, the song that played at each bend, what was written and liked on the way.
 * A member sees one of the group's by `from` and `until`; whoever has the link of a shared one, by `code`, signed in or not.
 *
 * @fires jamz-request-share-trip - the person wants a link to this trip; `preventDefault()` keeps it from being made
 * @fires jamz-request-answer-trip - the person says whether a shared trip may show them
 * @fires jamz-request-end-trip-link - the person ends a link
 * @fires jamz-trip-play - the replay runs
 * @fires jamz-trip-pause - the replay rests, also at its end
 * @fires jamz-trip-seek - the person went to another time
 * @csspart map - the ground with everything on it
 * @csspart marker - one person on the map
 * @csspart timeline - the slider with songs, likes and messages
 * @csspart moments - the list of what happened on the way
 * @csspart share - where links are made and answered
 */
export class JamzTrip extends JamzElement implements TripHost {
  static override readonly styles: CSSResult[] = [...sharedStyles, shellStyles, tripShellStyles];
  static override readonly properties: PropertyDeclarations = {
    from: {},
    until: {},
    code: {},
    trip: { attribute: false },
    tiles: {},
    styleUrl: { attribute: 'style-url' },
    workerUrl: { attribute: 'worker-url' },
    attribution: {},
  };

  /** Since when: an ISO time, or ms since 1970. Without it, twelve hours before the end. */
  declare from: string | number | undefined;
  /** Until when: an ISO time, or ms since 1970. Without it, until now. */
  declare until: string | number | undefined;
  /** Of a link: shows that shared trip, signed in or not. */
  declare code: string | undefined;
  /** A trip that the page has already; goes before all others. */
  declare trip: Trip | undefined;
  /** Vector tiles in the OpenMapTiles schema, as of the map. Without it, the way on a plain ground. */
  declare tiles: string | undefined;
  /** A whole MapLibre style in place of ours. */
  declare styleUrl: string | undefined;
  /** Where `maplibre-gl-worker.mjs` is; by default beside the module. */
  declare workerUrl: string | undefined;
  /** Whose map data it is; shown on the map. */
  declare attribution: string;
  /** How the street engine is loaded. */
  declare loadStreets: GroundOptions['loadStreets'];

  #room: TripRoom | undefined;
  #unloaded = false;
  #loading = false;
  #openedAtMs: number | undefined;
  #wasOffline = false;
  #seen: IntersectionObserver | undefined;
  readonly #access = new GroupController(this, this.#wayIn());
  readonly #availability = new StreamController(this, () => this.#group?.availability$);
  readonly #status = new StreamController(this, () => this.#access.jamz?.status$);
  readonly #source = new TripSource(this, {
    wish: () => this.#wish(),
    nowMs: () => this.#access.jamz?.serverNow() ?? 0,
    isOffline: () => this.#isOffline,
    in: inTime,
    onFailure: (code, message) => tell(this, 'jamz-error', { code, message }),
  });

  constructor() {
    super();
    this.loadStreets ??= () => import('../map/street-engine.ts');
    this.attribution = '© OpenStreetMap contributors';
  }

  /** Whose trip it is, for a member; undefined for who came by a link. */
  get #group(): Group | undefined {
    return this.code ? undefined : this.#access.group;
  }

  get #isOffline(): boolean {
    return this.#status.value?.state === 'OFFLINE';
  }

  /** When what is shown was loaded, where it may be another one by now. */
  get #loadedAtMs(): number | undefined {
    const { state } = this.#source;
    if (this.trip || state.kind !== 'ready') return undefined;
    return state.isBehind || this.#isOffline ? state.atMs : undefined;
  }

  /** What was asked for: links are made for the same. */
  get #asked(): Asked {
    this.#openedAtMs ??= this.#access.jamz?.serverNow();
    const untilMs = msOf(this.until) ?? this.#openedAtMs ?? 0;
    return { from: msOf(this.from) ?? untilMs - lastingMs, until: untilMs };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#openedAtMs = undefined;
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.#furnish();
    });
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // With a code no group is looked for: the way in is another one.
    if (changed.has('code') && !changed.get('code') !== !this.code) {
      this.#access.hostDisconnected();
    }
  }

  override render(): TemplateResult {
    const words = wordsFor(this, commonWords);
    const shown = this.#showing();
    if (shown === 'skeleton') {
      return html`<div class="frame">
        <div class="stage bone" role="status" aria-label=${words.loading}></div>
      </div>`;
    }
    if ('kind' in shown) {
      return html`<div class="frame centred">${obstacleView(shown, words)}</div>`;
    }
    return shown.room.render(shown.trip);
  }

  protected override updated(): void {
    const offline = this.#isOffline;
    if (this.#wasOffline && !offline && this.#source.isBehind) this.#source.retry();
    this.#wasOffline = offline;
  }

  #showing(): 'skeleton' | Obstacle | { readonly trip: Trip; readonly room: TripRoom } {
    const words = wordsFor(this, commonWords);
    if (!this.trip) {
      const way = showing(this.#access.access, this.#availability.value, words);
      const isOpen = this.code ? this.#access.jamz !== undefined : way === 'content';
      if (!isOpen) return way === 'content' ? 'skeleton' : way;
    }
    const { state } = this.#source;
    if (!this.trip && state.kind === 'failed') {
      const retry = (): void => this.#source.retry();
      return obstacleOf(this, { ...state, byLink: Boolean(this.code), retry });
    }
    if (this.#unloaded) {
      const message = words.unreachableText;
      const retry = (): void => void this.#furnish();
      return obstacleOf(this, { code: 'unavailable', message, byLink: false, retry });
    }
    const trip = this.trip ?? (state.kind === 'ready' ? state.trip : undefined);
    return trip && this.#room ? { trip, room: this.#room } : 'skeleton';
  }

  #wish(): TripWish | undefined {
    const { jamz } = this.#access;
    if (this.trip || !jamz) return undefined;
    const of = `${jamz.server} ${jamz.site}`;
    const { code } = this;
    const asked = this.#asked;
    if (code) return { key: `${of} ${code}`, load: () => jamz.trip(code) };
    const group = this.#group;
    if (!group || this.#availability.value?.kind !== 'ready') return undefined;
    const user = jamz.session.user$.value?.id;
    return {
      key: `${of} ${user} ${group.id} ${this.from} ${this.until}`,
      load: () => closeUp(group, asked),
    };
  }

  #wayIn(): { readonly connectionOnly: boolean } {
    const host = this;
    return {
      get connectionOnly() {
        return Boolean(host.code);
      },
    };
  }

  /** Loads the rest, which most of a page's visitors may never scroll to. */
  async #furnish(): Promise<void> {
    if (this.#room || this.#loading) return;
    this.#loading = true;
    this.#unloaded = false;
    try {
      const { TripRoom, roomStyles } = await import('./trip-room.ts');
      this.wear(roomStyles);
      this.#room = new TripRoom(this, {
        group: () => this.#group,
        asked: () => this.#asked,
        loadedAtMs: () => this.#loadedAtMs,
        wear: (styles) => this.wear(styles),
      });
    } catch {
      this.#unloaded = true;
    } finally {
      this.#loading = false;
      this.requestUpdate();
    }
  }
}

/**
 * The trip, and where it was a short one in a long time, of which the server tells few points, that part of it in full.
 */
async function closeUp(group: Group, asked: Asked): Promise<Trip> {
  const whole = await group.trip(asked);
  const lively = livelySpan(whole);
  if (!lively || whole.everyMs < coarseMs) return whole;
  const from = Math.max(asked.from, lively.fromMs - whole.everyMs);
  const until = Math.min(asked.until, lively.untilMs + whole.everyMs);
  return until - from < (asked.until - asked.from) / 2 ? group.trip({ from, until }) : whole;
}

/** Undefined for what is no time. */
function msOf(time: string | number | undefined): number | undefined {
  if (time === undefined || time === '') return undefined;
  const ms = typeof time === 'number' || /^\d+$/.test(time) ? Number(time) : Date.parse(time);
  return Number.isFinite(ms) ? ms : undefined;
}
