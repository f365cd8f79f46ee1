import { html, type ReactiveControllerHost } from 'lit';
import type { Turn } from './conversation.ts';
import { wholeSentences } from './sentences.ts';

type Markdown = typeof import('./markdown.ts');

/** Answers as they are shown, and as they are read out. What reads Markdown is loaded with the first question. */
export class Answers {
  readonly #host: ReactiveControllerHost;
  readonly #loadMarkdown: () => Promise<Markdown>;
  #markdown: Markdown | undefined;
  /** A turn that changes is another object. */
  readonly #views = new WeakMap<Turn, unknown>();
  #told = { turnId: 0, text: '', fresh: '' };

  constructor(
    host: ReactiveControllerHost,
    load: () => Promise<Markdown> = () => import('./markdown.ts'),
  ) {
    this.#host = host;
    this.#loadMarkdown = load;
  }

  load(): void {
    if (this.#markdown) return;
    this.#loadMarkdown().then(
      (code) => {
        this.#markdown = code;
        this.#host.requestUpdate();
      },
      // In a dead spot it stays text as it came; the next question asks again.
      () => {},
    );
  }

  viewOf(turn: Turn): unknown {
    if (!this.#markdown) return html`<p class="plain" dir="auto">${turn.text}</p>`;
    const known = this.#views.get(turn);
    if (known) return known;
    const view = this.#markdown.markdownView(turn.text);
    this.#views.set(turn, view);
    return view;
  }

  /** The sentences that were completed last. */
  toTell(turn: Turn | undefined): string {
    if (!turn) return '';
    const text = wholeSentences(turn.text, turn.state !== 'streaming');
    const before = this.#told.turnId === turn.id ? this.#told : { text: '', fresh: '' };
    if (text === before.text && this.#told.turnId === turn.id) return this.#told.fresh;
    const fresh = text.startsWith(before.text) ? text.slice(before.text.length).trim() : text;
    this.#told = { turnId: turn.id, text, fresh };
    return fresh;
  }
}
