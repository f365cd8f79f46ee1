import type { LitElement, ReactiveController } from 'lit';
import type { Group } from '../../sdk/index.ts';

/** The picture and the peaks of the current track, looked up once per track. */
export class TrackExtras implements ReactiveController {
  readonly #host: LitElement;
  readonly #current: () => { group: Group; itemId: string } | undefined;
  #shown: { readonly group: Group; readonly itemId: string } | undefined;
  #artworkUrl: string | null = null;
  #readable = true;
  #accent: string | null = null;
  #peaks: readonly number[] | null = null;

  constructor(host: LitElement, current: () => { group: Group; itemId: string } | undefined) {
    this.#host = host;
    this.#current = current;
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
    if (!current) {
      this.#showArtwork(null);
      return;
    }
    const fresh = (): boolean => this.#shown === current;
    current.group.artworkUrl(current.itemId).then(
      (url) => fresh() && this.#showArtwork(url),
      () => fresh() && this.#showArtwork(null),
    );
    current.group.peaks(current.itemId).then(
      (peaks) => fresh() && this.#showPeaks(peaks),
      () => {},
    );
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

  #showPeaks(peaks: readonly number[] | null): void {
    this.#peaks = peaks;
    this.#host.requestUpdate();
  }
}
