import type { LitElement, ReactiveController } from 'lit';
import type { Group } from '../../sdk/index.ts';
import { inTime } from '../shared/timers.ts';

const firstAskMs = 2_000;
const lastAskMs = 32_000;

interface Shown {
  readonly group: Group;
  readonly itemId: string;
}

/** The picture and the peaks of the current track, looked up once per track. */
export class TrackExtras implements ReactiveController {
  readonly #host: LitElement;
  readonly #later: (delayMs: number, task: () => void) => () => void;
  readonly #current: () => Shown | undefined;
  #shown: Shown | undefined;
  #artworkUrl: string | null = null;
  #readable = true;
  #accent: string | null = null;
  #peaks: readonly number[] | null = null;
  #forgetAsk: (() => void) | undefined;

  constructor(
    host: LitElement,
    current: () => Shown | undefined,
    later: (delayMs: number, task: () => void) => () => void = inTime,
  ) {
    this.#host = host;
    this.#current = current;
    this.#later = later;
    host.addController(this);
  }

  get artworkUrl(): string | null {
    return this.#artworkUrl;
  }
  /** Whether the picture may be asked for in a way that lets its colours be read. */
  get readable(): boolean {
    return this.#readable;
  }
  /** A CSS colour for both themes, null where the picture gives none. */
  get accent(): string | null {
    return this.#accent;
  }
  get peaks(): readonly number[] | null {
    return this.#peaks;
  }

  hostUpdate(): void {
    const current = this.#current();
    const shown = this.#shown;
    if (current?.group === shown?.group && current?.itemId === shown?.itemId) return;
    this.#shown = current;
    this.#peaks = null;
    this.#forgetAsk?.();
    if (!current) {
      this.#showArtwork(null);
      return;
    }
    const fresh = (): boolean => this.#shown === current;
    current.group.artworkUrl(current.itemId).then(
      (url) => fresh() && this.#showArtwork(url),
      () => fresh() && this.#showArtwork(null),
    );
    this.#askPeaks(current, firstAskMs);
  }

  /** Asked anew when the host comes back. */
  hostDisconnected(): void {
    this.#forgetAsk?.();
    this.#shown = undefined;
  }

  readonly loaded = (event: Event): void => {
    const image = event.target;
    if (!(image instanceof HTMLImageElement) || !this.#readable) return;
    import('./artwork-accent.ts').then(
      ({ accentOf }) => {
        if (this.#artworkUrl === null || image.src !== image.currentSrc) return;
        this.#accent = accentOf(image);
        this.#host.requestUpdate();
      },
      () => {
        // No network for the code: the page's accent stays.
      },
    );
  };

  /** Asked for again without CORS; a picture that fails twice is not there. */
  readonly failed = (): void => {
    if (this.#readable) this.#readable = false;
    else this.#artworkUrl = null;
    this.#accent = null;
    this.#host.requestUpdate();
  };

  #showArtwork(url: string | null): void {
    this.#artworkUrl = url;
    this.#readable = true;
    if (url === null) this.#accent = null;
    this.#host.requestUpdate();
  }

  /** A track that was uploaded just now is measured a little later: asked again a few times. */
  #askPeaks(current: Shown, againInMs: number): void {
    const fresh = (): boolean => this.#shown === current && this.#host.isConnected;
    const again = (): void => {
      if (!fresh() || againInMs > lastAskMs) return;
      this.#forgetAsk = this.#later(againInMs, () => {
        if (fresh()) this.#askPeaks(current, againInMs * 2);
      });
    };
    current.group.peaks(current.itemId).then((peaks) => {
      if (!fresh()) return;
      if (peaks === null) {
        again();
        return;
      }
      this.#peaks = peaks;
      this.#host.requestUpdate();
    }, again);
  }
}
