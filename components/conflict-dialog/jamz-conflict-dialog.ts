import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { Conflict, Jamz, User } from '../../sdk/index.ts';
import { type CommonWords, commonWords } from '../shared/common-words.ts';
import { controls } from '../shared/controls.ts';
import { request, tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { GroupController } from '../shared/group-controller.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { inTime } from '../shared/timers.ts';
import { tokens } from '../shared/tokens.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { Answers } from './answers.ts';
import { dialogStyles } from './dialog-styles.ts';
import { cardsView, listView, type QuestionView, resultView } from './dialog-views.ts';
import { type Choices, chosenForAll, openQuestions, resultOf, type Side } from './questions.ts';
import { type ConflictWords, conflictWords } from './words.ts';

/** What the dialog shows; `over` says why there is nothing to decide any more. */
type Shown =
  | { readonly kind: 'closed' }
  | { readonly kind: 'asking'; readonly conflicts: readonly Conflict[]; readonly fewer: boolean }
  | { readonly kind: 'over'; readonly why: 'answered' | 'gone' };

const closed: Shown = { kind: 'closed' };
/** Up to here two cards show it; beyond, a list. */
const mostInCards = 3;
const overMs = 4_000;

/**
 * Asks the person which of two versions of their profile stays. It never opens by itself: a badge,
 * the sync indicator's and the profile's, says that there is a question.
 *
 * @fires jamz-conflict - there is a question that was not there before
 * @fires jamz-request-answer - the person has chosen; `preventDefault()` leaves the questions open
 * @csspart badge - the button that opens the dialog; shown only while there are questions
 * @csspart dialog - the dialog; `card` and `result` stand in it
 * @csspart undo - the way back, for eight seconds
 */
export class JamzConflictDialog extends JamzElement {
  static override readonly styles: CSSResult[] = [tokens, controls, faceStyles, dialogStyles];

  /** Runs a task later; the returned function forgets it. */
  declare in: (delayMs: number, task: () => void) => () => void;

  #shown: Shown = closed;
  #choices: Choices = new Map();
  #forgetOver: (() => void) | undefined;
  #document: Document | undefined;
  readonly #told = new Set<string>();
  readonly #answers = new Answers(this, (delayMs, task) => this.in(delayMs, task));
  readonly #access = new GroupController(this, { connectionOnly: true });
  readonly #user: StreamController<User | null> = new StreamController(
    this,
    () => this.#access.jamz?.session.user$,
    (user) => this.#userChanged(user),
  );
  readonly #conflicts: StreamController<readonly Conflict[]> = new StreamController(
    this,
    () => this.#access.jamz?.conflicts$,
    (conflicts) => this.#conflictsChanged(conflicts),
  );
  readonly #profile = new StreamController(this, () => this.#access.jamz?.profile$);

  constructor() {
    super();
    // A page may have set it before this module came.
    this.in ??= inTime;
  }

  /** Shows the open questions. Without any it does nothing. */
  open(): void {
    const conflicts = this.#open;
    if (conflicts.length === 0 || this.#shown.kind === 'asking') return;
    this.#choices = new Map();
    this.#show({ kind: 'asking', conflicts, fewer: false });
  }

  /** Leaves every question as it is. */
  close(): void {
    this.#show(closed);
  }

  get #open(): readonly Conflict[] {
    return openQuestions(this.#conflicts.value ?? [], this.#answers.takenBack);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#document = this.ownerDocument;
    this.#document.addEventListener('jamz-request-conflicts', this.#requested);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#document?.removeEventListener('jamz-request-conflicts', this.#requested);
    this.#show(closed);
  }

  override render(): TemplateResult {
    const words = wordsFor(this, conflictWords);
    const count = this.#open.length;
    return html`<div class="frame">
      ${
        count === 0
          ? nothing
          : html`<button class="button badge" part="badge" aria-haspopup="dialog" @click=${this.open}>
              <span class="count tabular" aria-hidden="true">${count}</span>${words.badge(count)}
            </button>`
      }
      ${this.#shown.kind === 'closed' ? nothing : this.#dialogView(this.#shown, words)}
      ${this.#answers.undoable ? this.#undoView(words) : nothing}
    </div>`;
  }

  override updated(): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog && !dialog.open) {
      dialog.showModal();
      // Not by `autofocus`: browsers say in the console that another element had the focus.
      dialog.querySelector<HTMLElement>('.safe')?.focus();
    }
    const toast = this.renderRoot.querySelector<HTMLElement>('.toast');
    if (!toast || toast.matches(':popover-open')) return;
    toast.showPopover();
    // The badge that had the focus may be gone: the way back is the next thing to press.
    const { activeElement, body } = this.ownerDocument;
    if (activeElement === body) toast.querySelector('button')?.focus();
  }

  #dialogView(shown: Exclude<Shown, { kind: 'closed' }>, words: ConflictWords): TemplateResult {
    return html`<dialog
      part="dialog"
      aria-labelledby="title"
      aria-describedby="intro"
      @close=${this.close}
    >
      ${
        shown.kind === 'over'
          ? overView(shown.why, words, wordsFor(this, commonWords), () => this.close())
          : this.#questionsView(shown, words)
      }
    </dialog>`;
  }

  #questionsView(
    { conflicts, fewer }: Extract<Shown, { kind: 'asking' }>,
    words: ConflictWords,
  ): TemplateResult {
    const view: QuestionView = {
      words,
      conflicts,
      choices: this.#choices,
      user: this.#user.value ?? null,
      profile: this.#profile.value ?? null,
      locale: languageOf(this),
      nowMs: this.#access.jamz?.serverNow() ?? 0,
      onChoose: (conflict, choice) => this.#choose(new Map(this.#choices).set(conflict.id, choice)),
      onAll: (side) => this.#choose(chosenForAll(conflicts, side)),
      onKeep: (side) => this.#keepAll(side),
    };
    return html`<div class="body">
        <div>
          <h2 id="title">${words.title}</h2>
          <p id="intro" class="intro">${words.intro}</p>
        </div>
      ${fewer ? html`<p class="some" role="status">${words.someElsewhere}</p>` : nothing}
      ${conflicts.length > mostInCards ? listView(view) : cardsView(view)} ${resultView(view)}
      </div>
      <div class="buttons">
        <button class="button safe" @click=${this.close}>${words.later}</button>
        <button class="button primary" @click=${() => this.#answer(this.#choices)}>
          ${words.combine}
        </button>
      </div>`;
  }

  #undoView(words: ConflictWords): TemplateResult {
    return html`<div class="toast" part="undo" popover="manual" role="status">
      <span>${words.kept}</span>
      <button class="button" @click=${this.#undo}>${wordsFor(this, commonWords).undo}</button>
    </div>`;
  }

  #choose(choices: Choices): void {
    this.#choices = choices;
    this.requestUpdate();
  }

  #keepAll(side: Side): void {
    if (this.#shown.kind === 'asking') this.#answer(chosenForAll(this.#shown.conflicts, side));
  }

  #answer(choices: Choices): void {
    const jamz = this.#access.jamz;
    if (!jamz || this.#shown.kind !== 'asking') return;
    const { conflicts } = this.#shown;
    const fields = Object.fromEntries(
      conflicts.map((conflict) => [conflict.field, resultOf(conflict, choices)]),
    );
    this.#show(closed);
    if (request(this, 'jamz-request-answer', { fields }))
      this.#answers.give(conflicts, choices, jamz);
  }

  readonly #undo = (): void => {
    this.#answers.undo();
    this.open();
  };

  /** From the sync indicator or the profile: only of this connection, and only the first dialog of a page. */
  readonly #requested = (event: Event): void => {
    if (event.defaultPrevented || !(event instanceof CustomEvent)) return;
    const asked: unknown = event.detail?.client;
    const jamz: Jamz | undefined = this.#access.jamz;
    if (!jamz || asked !== jamz || this.#open.length === 0) return;
    event.preventDefault();
    this.open();
  };

  #conflictsChanged(conflicts: readonly Conflict[]): void {
    for (const { id, field } of conflicts) {
      if (!this.#told.has(id)) tell(this, 'jamz-conflict', { field });
      this.#told.add(id);
    }
    if (this.#shown.kind !== 'asking') return;
    const open = new Map(
      openQuestions(conflicts, this.#answers.takenBack).map((one) => [one.id, one]),
    );
    const left = this.#shown.conflicts.flatMap(({ id }) => open.get(id) ?? []);
    if (left.length === 0) this.#over(this.#access.jamz?.session.user$.value ? 'answered' : 'gone');
    else {
      const fewer = this.#shown.fewer || left.length < this.#shown.conflicts.length;
      this.#show({ kind: 'asking', conflicts: left, fewer });
    }
  }

  #userChanged(user: User | null): void {
    if (user) return;
    this.#answers.forget();
    this.#told.clear();
    if (this.#shown.kind !== 'closed') this.#over('gone');
  }

  /** Says so, and leaves after a moment. */
  #over(why: 'answered' | 'gone'): void {
    this.#show({ kind: 'over', why });
    this.#forgetOver = this.in(overMs, () => this.close());
  }

  #show(shown: Shown): void {
    this.#forgetOver?.();
    this.#forgetOver = undefined;
    this.#shown = shown;
    this.requestUpdate();
  }
}

function overView(
  why: 'answered' | 'gone',
  words: ConflictWords,
  common: CommonWords,
  close: () => void,
): TemplateResult {
  const [title, text] =
    why === 'answered'
      ? [words.elsewhereTitle, words.elsewhereText]
      : [words.goneTitle, words.goneText];
  return html`<div class="body" role="status">
      <h2 id="title">${title}</h2>
      <p id="intro" class="intro">${text}</p>
    </div>
    <div class="buttons">
      <button class="button primary" @click=${close}>${common.close}</button>
    </div>`;
}
