import {
  type CSSResult,
  html,
  type LitElement,
  nothing,
  type ReactiveController,
  type TemplateResult,
} from 'lit';
import type { Jamz } from '../../sdk/index.ts';
import { commonWords } from './common-words.ts';
import { wordsFor } from './words.ts';

/** Something that opens inside an element, and whose code comes when it is opened. */
export interface Part {
  view(): TemplateResult;
  /** Lets go of streams and timers. */
  close(): void;
}

/** What a part is given of the element that it opens in. */
export interface PartHost {
  readonly element: LitElement;
  readonly jamz: Jamz;
  /** This device's clock, ms since 1970. */
  readonly now: () => number;
  /** What the part shows is another. */
  update(): void;
  /** The part is done with: closes it. */
  done(): void;
}

export interface PartCode {
  readonly open: (host: PartHost) => Part;
  readonly styles: readonly CSSResult[];
}

export interface LatePartsOptions<Name extends string> {
  readonly load: Readonly<Record<Name, () => Promise<PartCode>>>;
  readonly jamz: () => Jamz | undefined;
  /** Gives the element the style sheets that came with the code. */
  readonly wear: (styles: readonly CSSResult[]) => void;
  readonly now?: () => number;
}

/** The parts of an element that open one at a time; without a network for the code they say so. */
export class LateParts<Name extends string> implements ReactiveController {
  readonly #host: LitElement;
  readonly #options: LatePartsOptions<Name>;
  #name: Name | undefined;
  #part: Part | undefined;
  #of: Jamz | undefined;
  #failed = false;

  constructor(host: LitElement, options: LatePartsOptions<Name>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Which one is open. */
  get open(): Name | undefined {
    return this.#name;
  }

  toggle(name: Name): void {
    const opens = this.#name !== name;
    this.close();
    if (opens) void this.#open(name);
  }

  readonly close = (): void => {
    this.#part?.close();
    this.#part = undefined;
    this.#name = undefined;
    this.#host.requestUpdate();
  };

  /** The open part, bones while its code comes. */
  view(name: Name): TemplateResult | typeof nothing {
    if (name !== this.#name) return nothing;
    if (this.#part) return this.#part.view();
    const words = wordsFor(this.#host, commonWords);
    return this.#failed
      ? html`<div class="part-failed" role="alert">
          <p>${words.unreachableTitle}</p>
          <button class="button" @click=${() => void this.#open(name)}>${words.retry}</button>
        </div>`
      : html`<div class="bone part-bone" role="status" aria-label=${words.loading}></div>`;
  }

  /** What belongs to one connection ends with it. */
  hostUpdate(): void {
    if (this.#name && this.#of !== this.#options.jamz()) this.close();
  }

  hostDisconnected(): void {
    this.close();
  }

  async #open(name: Name): Promise<void> {
    const { jamz: jamzNow, load, wear, now = Date.now } = this.#options;
    const jamz = jamzNow();
    if (!jamz) return;
    this.#name = name;
    this.#of = jamz;
    this.#failed = false;
    this.#host.requestUpdate();
    const isWanted = (): boolean =>
      this.#name === name && this.#of === jamz && !this.#part && this.#host.isConnected;
    try {
      const { open, styles } = await load[name]();
      if (!isWanted()) return;
      wear(styles);
      const update = (): void => this.#host.requestUpdate();
      this.#part = open({ element: this.#host, jamz, now, update, done: this.close });
    } catch {
      if (isWanted()) this.#failed = true;
    }
    this.#host.requestUpdate();
  }
}
