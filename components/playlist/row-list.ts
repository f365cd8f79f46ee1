import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { createRef, type Ref, ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Member, PlaylistEntry } from '../../sdk/index.ts';
import { setStyle } from '../shared/set-style.ts';
import type { Carried } from './drag.ts';
import { roomFor } from './order.ts';
import { type RowCommands, type RowView, rowView } from './row.ts';
import { type RowWindow, rowWindow, scrollToRow } from './window.ts';
import type { PlaylistWords } from './words.ts';

export interface RowListView {
  readonly words: PlaylistWords;
  readonly entries: readonly PlaylistEntry[];
  readonly members: readonly Member[];
  readonly me: string | undefined;
  readonly currentIndex: number;
  readonly playing: boolean;
  readonly carried: Carried | undefined;
  readonly editing: boolean;
  readonly may: RowView['may'];
  readonly commands: RowCommands;
  readonly key: (event: KeyboardEvent) => void;
}

/** The scrolled list: which rows are in the document, and which one the Tab key reaches. */
export class RowList implements ReactiveController {
  readonly #host: LitElement;
  readonly #scroller: Ref<HTMLElement> = createRef();
  readonly #probe: Ref<HTMLElement> = createRef();
  #observer: ResizeObserver | undefined;
  #observed: HTMLElement | undefined;
  #rowPx = 56;
  #viewportPx = 448;
  #window: RowWindow = { first: 0, end: 0 };
  #count = 0;
  #active = 0;
  #wantsFocus = false;
  #showedCurrent = false;
  #indexed: readonly PlaylistEntry[] = [];
  #found: readonly [itemId: string, index: number] = ['', -1];
  #names: ReadonlyMap<string, string> = new Map();
  #namesOf: readonly Member[] = [];

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  get scroller(): HTMLElement | null {
    return this.#scroller.value ?? null;
  }
  get rowPx(): number {
    return this.#rowPx;
  }
  /** Index of the row that the Tab key reaches. */
  get active(): number {
    return this.#active;
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observed = undefined;
    this.#showedCurrent = false;
  }

  activate(index: number): void {
    if (index === this.#active) return;
    this.#active = index;
    this.#host.requestUpdate();
  }

  /** Brings a row into view and gives it the focus once it is rendered. */
  focusRow(index: number): void {
    this.#active = Math.max(0, index);
    this.#wantsFocus = true;
    this.#host.requestUpdate();
  }

  /** Searched once per emission and track. */
  indexOf(entries: readonly PlaylistEntry[], itemId: string): number {
    if (entries !== this.#indexed || this.#found[0] !== itemId) {
      this.#indexed = entries;
      this.#found = [itemId, entries.findIndex((entry) => entry.itemId === itemId)];
    }
    return this.#found[1];
  }

  /** After a render: measures, keeps the focus on its row, shows the current track at first. */
  settle(currentIndex: number): void {
    this.#observe();
    const scroller = this.scroller;
    if (!scroller) return;
    if (!this.#showedCurrent && currentIndex >= 0 && scroller.clientHeight > 0) {
      this.#showedCurrent = true;
      const middle = (currentIndex + 0.5) * this.#rowPx - scroller.clientHeight / 2;
      scroller.scrollTop = Math.max(0, middle);
    }
    if (!this.#wantsFocus) return;
    this.#wantsFocus = false;
    const to = scrollToRow(this.#active, scroller.scrollTop, scroller.clientHeight, this.#rowPx);
    if (to !== undefined) scroller.scrollTop = to;
    scroller
      .querySelector<HTMLElement>(`.track[data-index='${this.#active}']`)
      ?.focus({ preventScroll: true });
  }

  render(view: RowListView): TemplateResult {
    const { entries, carried } = view;
    this.#count = entries.length;
    this.#active = Math.min(this.#active, Math.max(0, entries.length - 1));
    this.#window = this.#visible();
    this.#readNames(view.members);
    return html`
      <div
        ${ref(this.#scroller)}
        class="scroller"
        part="list"
        ?data-editing=${view.editing}
        ?data-carrying=${carried !== undefined}
        @scroll=${this.#scrolled}
        @keydown=${view.key}
      >
        <div ${ref(this.#probe)} class="probe"></div>
        <ul
          class="rows"
          role="list"
          aria-label=${view.words.playlist}
          ${setStyle({ 'block-size': `${entries.length * this.#rowPx}px` })}
        >
          ${repeat(
            this.#indexes(carried),
            (index) => entries[index]?.itemId,
            (index) => this.#row(view, index),
          )}
        </ul>
      </div>
    `;
  }

  #row(view: RowListView, index: number): TemplateResult | undefined {
    const { entries, carried, words } = view;
    const entry = entries[index];
    if (!entry) return undefined;
    const moved = carried ? roomFor(index, carried.from, carried.to) : 0;
    const lifted = carried?.from === index;
    const current = index === view.currentIndex;
    return rowView(
      {
        words,
        entry,
        index,
        count: entries.length,
        topPx: lifted ? carried.topPx : (index + moved) * this.#rowPx,
        current,
        playing: current && view.playing,
        carried: lifted,
        active: index === this.#active,
        addedBy: entry.addedBy === view.me ? words.you : this.#names.get(entry.addedBy),
        may: view.may,
      },
      view.commands,
    );
  }

  /** The rows in view, the active one (so that focus is never lost), and the one being carried. */
  #indexes(carried: Carried | undefined): readonly number[] {
    const { first, end } = this.#window;
    const indexes = new Set<number>();
    for (let index = first; index < end; index++) indexes.add(index);
    indexes.add(this.#active);
    if (carried) indexes.add(carried.from);
    return [...indexes].sort((a, b) => a - b);
  }

  #visible(): RowWindow {
    const top = this.scroller?.scrollTop ?? 0;
    return rowWindow(top, this.#viewportPx, this.#rowPx, this.#count);
  }

  readonly #scrolled = (): void => {
    const { first, end } = this.#visible();
    if (first !== this.#window.first || end !== this.#window.end) this.#host.requestUpdate();
  };

  #observe(): void {
    const scroller = this.#scroller.value;
    const probe = this.#probe.value;
    if (scroller === this.#observed) return;
    this.#observer?.disconnect();
    this.#observed = scroller;
    if (!scroller || !probe) return;
    this.#observer = new ResizeObserver(() => {
      const rowPx = probe.getBoundingClientRect().height || this.#rowPx;
      const viewportPx = scroller.clientHeight || this.#viewportPx;
      if (rowPx === this.#rowPx && viewportPx === this.#viewportPx) return;
      this.#rowPx = rowPx;
      this.#viewportPx = viewportPx;
      this.#host.requestUpdate();
    });
    this.#observer.observe(scroller);
    this.#observer.observe(probe);
  }

  #readNames(members: readonly Member[]): void {
    if (members === this.#namesOf) return;
    this.#namesOf = members;
    this.#names = new Map(members.map(({ memberId, name }) => [memberId, name]));
  }
}
