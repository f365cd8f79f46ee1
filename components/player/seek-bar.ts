import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { clockTime } from '../shared/format.ts';
import { shareOf } from './position.ts';
import { waveformPath } from './waveform.ts';
import type { PlayerWords } from './words.ts';

const stepMs = 5_000;
const pageMs = 30_000;

/** What the bar shows at one instant. */
export interface SeekState {
  readonly durationMs: number | null;
  /** Where this device's sound is. */
  readonly positionMs: number;
  /** Where the group is, when that is somewhere else. */
  readonly ghostMs: number | null;
}

export interface SeekBarOptions {
  readonly state: () => SeekState;
  readonly seek: (positionMs: number) => void;
}

/**
 * The waveform that is also the slider. Position is painted through custom properties
 * between renders: playing costs no render.
 */
export class SeekBar implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: SeekBarOptions;
  #bar: HTMLElement | undefined;
  #times: readonly Element[] = [];
  #observer: ResizeObserver | undefined;
  #size: readonly [width: number, height: number] = [320, 40];
  #draggedMs: number | undefined;
  #peaks: readonly number[] | null = null;
  #path: string | undefined;
  #words: PlayerWords | undefined;
  #bufferedTo = 0;

  constructor(host: LitElement, options: SeekBarOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostUpdated(): void {
    const { renderRoot } = this.#host;
    const bar = renderRoot.querySelector<HTMLElement>('.bar') ?? undefined;
    if (bar === this.#bar) return;
    this.#observer?.disconnect();
    this.#bar = bar;
    this.#times = [...renderRoot.querySelectorAll('.times > span')];
    if (!bar) return;
    this.#observer = new ResizeObserver(([seen]) => {
      const { width, height } = seen?.contentRect ?? { width: 0, height: 0 };
      if (width === 0 || (width === this.#size[0] && height === this.#size[1])) return;
      this.#size = [width, height];
      this.#path = undefined;
      this.#host.requestUpdate();
    });
    this.#observer.observe(bar);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#bar = undefined;
    this.#draggedMs = undefined;
  }

  /** Puts the moving parts where they are now. Cheap enough for every frame. */
  paint(): void {
    const bar = this.#bar;
    if (!bar || !this.#words) return;
    const { durationMs, positionMs, ghostMs } = this.#options.state();
    const shownMs = this.#draggedMs ?? positionMs;
    set(bar, '--_buffered', this.#bufferedTo);
    set(bar, '--_played', shareOf(shownMs, durationMs));
    set(bar, '--_ghost', shareOf(ghostMs ?? shownMs, durationMs));
    bar.toggleAttribute('data-ghost', ghostMs !== null && this.#draggedMs === undefined);
    const elapsed = clockTime(shownMs);
    const seconds = String(Math.floor(shownMs / 1000));
    if (bar.getAttribute('aria-valuenow') !== seconds) {
      bar.setAttribute('aria-valuenow', seconds);
      bar.setAttribute('aria-valuetext', this.#words.seekValue(elapsed, clockTime(durationMs)));
    }
    const [elapsedText, remainingText] = this.#times;
    write(elapsedText, elapsed);
    write(
      remainingText,
      durationMs === null ? '' : `−${clockTime(durationMs - Math.floor(shownMs / 1000) * 1000)}`,
    );
  }

  render(view: {
    readonly words: PlayerWords;
    readonly peaks: readonly number[] | null;
    readonly buffered: readonly (readonly [from: number, to: number])[];
    readonly buffering: boolean;
    readonly disabled: boolean;
  }): TemplateResult {
    this.#words = view.words;
    this.#bufferedTo = view.buffered.reduce((most, [, to]) => Math.max(most, to), 0);
    if (view.peaks !== this.#peaks || this.#path === undefined) {
      this.#peaks = view.peaks;
      this.#path = waveformPath(view.peaks, ...this.#size);
    }
    const { durationMs } = this.#options.state();
    const wave = (layer: string): TemplateResult =>
      html`<svg class="wave ${layer}" aria-hidden="true"><path d=${this.#path} /></svg>`;
    return html`
      <div class="seek">
        <div
          class="bar"
          part="seek"
          role="slider"
          tabindex="0"
          aria-label=${view.words.seek}
          aria-valuemin="0"
          aria-valuemax=${Math.floor((durationMs ?? 0) / 1000)}
          aria-disabled=${view.disabled || durationMs === null ? 'true' : nothing}
          ?data-buffering=${view.buffering}
          @pointerdown=${view.disabled ? nothing : this.#down}
          @pointermove=${this.#move}
          @pointerup=${this.#up}
          @pointercancel=${this.#cancel}
          @keydown=${view.disabled ? nothing : this.#key}
        >
          ${wave('rest')} ${wave('buffered')} ${wave('hover')} ${wave('played')}
          <span class="ghost" part="ghost"></span>
          <span class="head"></span>
        </div>
        <div class="times tabular" part="time">
          <span></span><span></span>
        </div>
      </div>
    `;
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#bar?.setPointerCapture(event.pointerId);
    this.#draggedMs = this.#msAt(event);
    this.paint();
  };

  readonly #move = (event: PointerEvent): void => {
    const bar = this.#bar;
    const at = this.#msAt(event);
    if (!bar || at === undefined) return;
    set(bar, '--_hover', shareOf(at, this.#options.state().durationMs));
    bar.dataset['at'] = clockTime(at);
    if (this.#draggedMs === undefined) return;
    this.#draggedMs = at;
    this.paint();
  };

  readonly #up = (): void => {
    const to = this.#draggedMs;
    this.#draggedMs = undefined;
    if (to !== undefined) this.#options.seek(to);
  };

  readonly #cancel = (): void => {
    this.#draggedMs = undefined;
    this.paint();
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { durationMs, positionMs } = this.#options.state();
    if (durationMs === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = keyTarget(event.key, positionMs, durationMs);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#options.seek(Math.min(durationMs, Math.max(0, to)));
  };

  #msAt(event: PointerEvent): number | undefined {
    const box = this.#bar?.getBoundingClientRect();
    const { durationMs } = this.#options.state();
    if (!box || durationMs === null) return undefined;
    return shareOf(event.clientX - box.left, box.width) * durationMs;
  }
}

function keyTarget(key: string, positionMs: number, durationMs: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return positionMs - stepMs;
    case 'ArrowRight':
    case 'ArrowUp':
      return positionMs + stepMs;
    case 'PageDown':
      return positionMs - pageMs;
    case 'PageUp':
      return positionMs + pageMs;
    case 'Home':
      return 0;
    case 'End':
      return durationMs;
    default:
      return undefined;
  }
}

function set(element: HTMLElement, name: string, share: number): void {
  const value = `${(share * 100).toFixed(2)}%`;
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}

function write(element: Element | undefined, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
