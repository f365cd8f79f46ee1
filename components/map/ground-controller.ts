import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Camera } from './geo.ts';
import { type Ground, type GroundOptions, openGround, type StreetWish } from './ground.ts';

export interface GroundControllerOptions {
  readonly wish: () => StreetWish;
  /** Where to look first, once the stage has its size; undefined where nothing says so. */
  readonly start: (stage: HTMLElement) => Camera | undefined;
  readonly loadStreets: () => GroundOptions['loadStreets'];
  /** The view moved, or the ground is another. */
  readonly onMove: () => void;
  readonly onGrab: () => void;
  readonly onChange: () => void;
}

/** Opens the ground when the element is first seen, keeps its size and its light or dark, closes it when the element goes. */
export class GroundController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: GroundControllerOptions;
  #ground: Ground | undefined;
  #grounds: Element | null = null;
  #wish = '';
  #visible = false;
  #gone: AbortController | undefined;
  #seen: IntersectionObserver | undefined;
  #sized: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: GroundControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get ground(): Ground | undefined {
    return this.#ground;
  }

  hostConnected(): void {
    this.#seen = new IntersectionObserver((entries) => {
      this.#visible = entries.some((entry) => entry.isIntersecting);
      if (this.#visible) this.#host.requestUpdate();
    });
    this.#seen.observe(this.#host);
    this.#sized = new ResizeObserver(() => this.#ground?.engine.resize());
    this.#gone = new AbortController();
    const { signal } = this.#gone;
    addEventListener('online', () => this.#ground?.retry(), { signal });
    const darkness = matchMedia('(prefers-color-scheme: dark)');
    darkness.addEventListener('change', () => this.#host.requestUpdate(), { signal });
  }

  hostUpdated(): void {
    const grounds = this.#host.shadowRoot?.querySelector('.grounds') ?? null;
    const wish = JSON.stringify(this.#options.wish());
    if (grounds !== this.#grounds || wish !== this.#wish) this.#close();
    this.#wish = wish;
    this.#grounds = grounds;
    if (grounds && this.#visible && !this.#ground) this.#open(grounds);
    if (grounds) this.#ground?.setDark(isDark(grounds));
  }

  hostDisconnected(): void {
    this.#seen?.disconnect();
    this.#sized?.disconnect();
    this.#gone?.abort();
    this.#visible = false;
    this.#close();
  }

  #open(grounds: Element): void {
    const plain = grounds.querySelector<HTMLElement>('.plain-ground');
    const streets = grounds.querySelector<HTMLElement>('.street-ground');
    if (!plain || !streets) return;
    const { onMove, onGrab, onChange } = this.#options;
    this.#ground = openGround({
      plain,
      streets,
      start: this.#options.start(plain),
      dark: isDark(grounds),
      wish: this.#options.wish(),
      onMove,
      onGrab,
      onChange,
      loadStreets: this.#options.loadStreets(),
    });
    this.#sized?.observe(plain);
    onChange();
  }

  #close(): void {
    this.#ground?.close();
    this.#ground = undefined;
    this.#sized?.disconnect();
  }
}

/** As the browser resolved it, from our attribute, the page's `color-scheme` or the system: the style sheet colours `.grounds` by it. */
function isDark(grounds: Element): boolean {
  return getComputedStyle(grounds).color === 'rgb(255, 255, 255)';
}
