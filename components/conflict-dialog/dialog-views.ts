import { html, nothing, type TemplateResult } from 'lit';
import type { Conflict, Profile, User } from '../../sdk/index.ts';
import { face } from '../shared/face.ts';
import {
  type Choice,
  type Choices,
  difference,
  type FieldValue,
  resultOf,
  type Side,
  sideOf,
} from './questions.ts';
import { whenText } from './when.ts';
import type { ConflictWords } from './words.ts';

export interface QuestionView {
  readonly words: ConflictWords;
  readonly conflicts: readonly Conflict[];
  readonly choices: Choices;
  readonly user: User | null;
  readonly profile: Profile | null;
  readonly locale: string;
  readonly nowMs: number;
  readonly onChoose: (conflict: Conflict, choice: Choice) => void;
  readonly onAll: (side: Side) => void;
  readonly onKeep: (side: Side) => void;
}

const sides: readonly Side[] = ['mine', 'theirs'];

/** The two versions side by side: whose, where, when, and only what differs. */
export function cardsView(view: QuestionView): TemplateResult {
  return html`<div class="cards">${sides.map((side) => cardView(view, side))}</div>`;
}

function cardView(view: QuestionView, side: Side): TemplateResult {
  const { words, conflicts, user, profile, locale, nowMs } = view;
  const named = conflicts.find(({ field }) => field === 'name')?.[side];
  const name = typeof named === 'string' ? named : (profile?.name ?? '');
  const here = side === 'mine' && conflicts.every(({ mineIsHere }) => mineIsHere);
  const atMs = Math.max(
    ...conflicts.map((one) => (side === 'mine' ? one.mineAtMs : one.theirsAtMs)),
  );
  return html`<section class="card" part="card" aria-labelledby=${side}>
    <header>
      ${face({ id: user?.id ?? '', name })}
      <p class="whose">
        <span id=${side}>${side === 'mine' ? words.yours : words.theirs}</span>
        <span class="where">${here ? words.thisDevice : words.otherDevice} · ${whenText(atMs, nowMs, locale)}</span>
      </p>
    </header>
    <div class="fields">
      ${conflicts.map((conflict) => fieldView(view, conflict, side, words.field[conflict.field]))}
    </div>
    <button class="button" @click=${() => view.onKeep(side)}>
      ${side === 'mine' ? words.keepMine : words.keepTheirs}
    </button>
  </section>`;
}

/** Many questions, one below the other. */
export function listView(view: QuestionView): TemplateResult {
  const { words, conflicts } = view;
  const all = (side: Side, word: string): TemplateResult =>
    html`<button class="button" @click=${() => view.onAll(side)}>${word}</button>`;
  return html`<div class="all" role="group" aria-labelledby="all">
      <span id="all">${words.applyToAll}</span>
      ${all('mine', words.allYours)}${all('theirs', words.allTheirs)}
    </div>
    <ul class="list">
      ${conflicts.map(
        (conflict) => html`<li class="card">
          <fieldset>
            <legend>${words.field[conflict.field]}</legend>
            ${fieldView(view, conflict, 'mine', words.yours)}
            ${fieldView(view, conflict, 'theirs', words.theirs)}
          </fieldset>
        </li>`,
      )}
    </ul>`;
}

function fieldView(
  view: QuestionView,
  conflict: Conflict,
  side: Side,
  label: string,
): TemplateResult {
  return html`<label class="choice">
    <input
      type="radio"
      name=${conflict.id}
      .checked=${sideOf(conflict, view.choices) === side}
      @change=${() => view.onChoose(conflict, side)}
    />
    <span class="label">${label}</span>
    <bdi class="value">${markedView(conflict, side, view.words)}</bdi>
  </label>`;
}

/** The value, with what the other side does not have marked. */
function markedView(conflict: Conflict, side: Side, words: ConflictWords): TemplateResult | string {
  const value = conflict[side];
  const other = conflict[side === 'mine' ? 'theirs' : 'mine'];
  const text = valueText(conflict, value, words);
  if (conflict.field !== 'name' || typeof other !== 'string' || value === '') {
    return html`<mark>${text}</mark>`;
  }
  const [before, differs, behind] = difference(text, other);
  return html`${before}${differs ? html`<mark>${differs}</mark>` : nothing}${behind}`;
}

export function valueText(
  { field }: Pick<Conflict, 'field'>,
  value: FieldValue,
  words: ConflictWords,
): string {
  if (field === 'photoFileId') return value ? words.photo : words.noPhoto;
  if (field === 'aiOptIn') return value === true ? words.on : words.off;
  return typeof value === 'string' && value !== '' ? value : words.noName;
}

/** What the profile will be; a name can be written anew here. */
export function resultView(view: QuestionView): TemplateResult {
  const { words, conflicts, choices, user, profile } = view;
  const nameQuestion = conflicts.find(({ field }) => field === 'name');
  const name = nameQuestion ? resultOf(nameQuestion, choices) : profile?.name;
  const rest = conflicts.filter((conflict) => conflict !== nameQuestion);
  const typed = ({ target }: InputEvent): void => {
    if (target instanceof HTMLInputElement && nameQuestion)
      view.onChoose(nameQuestion, { own: target.value });
  };
  const choice = nameQuestion && choices.get(nameQuestion.id);
  return html`<section class="result" part="result" aria-labelledby="result">
    <h3 id="result">${words.result}</h3>
    <div class="preview">
      ${face({ id: user?.id ?? '', name: typeof name === 'string' ? name : '' })}
      <div class="lines">
        ${
          nameQuestion
            ? html`<input
                class="input"
                aria-label=${words.editName}
                maxlength="120"
                autocomplete="off"
                .value=${typeof choice === 'object' ? choice.own : String(name ?? '')}
                @input=${typed}
              />`
            : html`<p><bdi>${name}</bdi></p>`
        }
        ${
          rest.length === 0
            ? nothing
            : html`<p class="rest" aria-live="polite">
                ${rest.map((one) => `${words.field[one.field]}: ${valueText(one, resultOf(one, choices), words)}`).join(' · ')}
              </p>`
        }
      </div>
    </div>
  </section>`;
}
