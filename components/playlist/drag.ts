import type { LitElement, ReactiveController } from 'lit';

/** A row under a finger or mouse. */
export interface Carried {
  readonly from: number;
  /** Where it would come to stand now. */
  readonly to: number;
  /** Its upper edge, px from the list's start. */
  readonly topPx: number;
}

export interface DragOptions {
  readonly scroller: () => HTMLElement | null;
  readonly rowPx: () => number;
  readonly count: () => number;
  readonly drop: (from: number, to: number) => void;
}

const edgePx = 48;
const fastestPxPerFrame = 14;

/** Carries a row by its handle, scrolls near the edges, and drops it. Escape puts it back. */
export class Drag implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: DragOptions;
  #carried: Carried | undefined;
  #grabPx = 0;
  #clientY = 0;
  #frame: number | undefined;

  constructor(host: LitElement, options: DragOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get carried(): Carried | undefined {
    return this.#carried;
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** For `pointerdown` on the handle of the row at `index`. */
  start(event: PointerEvent, index: number): void {
    if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    this.#clientY = event.clientY;
    this.#grabPx = this.#listY() - index * this.#options.rowPx();
    this.#carried = { from: index, to: index, topPx: index * this.#options.rowPx() };
    this.#host.requestUpdate();
    this.#scrollOn();
  }

  readonly move = (event: PointerEvent): void => {
    if (!this.#carried) return;
    this.#clientY = event.clientY;
    this.#follow();
  };

  readonly drop = (): void => {
    const carried = this.#carried;
    this.#end();
    if (carried && carried.from !== carried.to) this.#options.drop(carried.from, carried.to);
  };

  readonly cancel = (): void => this.#end();

  #follow(): void {
    if (!this.#carried) return;
    const rowPx = this.#options.rowPx();
    const last = Math.max(0, this.#options.count() - 1);
    const topPx = Math.min(last * rowPx, Math.max(0, this.#listY() - this.#grabPx));
    this.#carried = { from: this.#carried.from, to: Math.round(topPx / rowPx), topPx };
    this.#host.requestUpdate();
  }

  #scrollOn(): void {
    this.#frame = requestAnimationFrame(() => {
      const scroller = this.#options.scroller();
      if (!scroller || !this.#carried) return;
      const box = scroller.getBoundingClientRect();
      const above = box.top + edgePx - this.#clientY;
      const below = this.#clientY - (box.bottom - edgePx);
      const by = above > 0 ? -speed(above) : below > 0 ? speed(below) : 0;
      if (by !== 0) {
        scroller.scrollTop += by;
        this.#follow();
      }
      this.#scrollOn();
    });
  }

  /** The pointer's place, px from the list's start. */
  #listY(): number {
    const scroller = this.#options.scroller();
    if (!scroller) return 0;
    return this.#clientY - scroller.getBoundingClientRect().top + scroller.scrollTop;
  }

  #end(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    if (!this.#carried) return;
    this.#carried = undefined;
    this.#host.requestUpdate();
  }
}

function speed(beyondPx: number): number {
  return Math.min(fastestPxPerFrame, Math.ceil(beyondPx / 4));
}
