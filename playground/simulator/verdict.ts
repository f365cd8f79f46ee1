import { html, nothing, type TemplateResult } from 'lit';
import { type Invariant, invariants } from '../../simulator/invariants/violation.ts';
import { mutants } from '../../simulator/mutants/index.ts';
import type { Life } from './address.ts';
import type { Scene } from './director.ts';

export interface VerdictDeeds {
  /** Begins anew with another life, bug or number of phones. */
  change(to: { readonly life?: Life; readonly bug?: string; readonly phones?: number }): void;
}

/** Whether every promise holds, and which they are. */
export function verdict({ view, equalAtMs, resting }: Scene): TemplateResult {
  const { violation } = view;
  return html`<section class="card sim-verdict" data-broken=${violation !== null} aria-labelledby="verdict-title">
    <h2 id="verdict-title">${violation ? 'A promise is broken' : 'Every promise is kept'}</h2>
    <p class="hint" role="status">${
      violation
        ? `${violation.invariant}: ${violation.message}`
        : resting
          ? 'Putting everything right, and comparing everybody …'
          : equalAtMs === undefined
            ? 'Each is checked after every single event.'
            : 'All phones and the log were compared, and are equal.'
    }</p>
    <details ?open=${violation !== null}>
      <summary>${Object.keys(invariants).length} promises</summary>
      <ul class="sim-promises">
        ${(Object.entries(invariants) as [Invariant, string][]).map(
          ([name, says]) =>
            html`<li data-broken=${violation?.invariant === name}><b>${name}</b><span>${says}</span></li>`,
        )}
      </ul>
    </details>
  </section>`;
}

const lives: readonly (readonly [Life, string])[] = [
  ['nobody', 'Nothing: only what I do'],
  ['people', 'People tap'],
  ['everything', 'People tap, and everything goes wrong'],
];

/** What kind of world it is; each change begins a new one. */
export function worldChoices({ script }: Scene, deeds: VerdictDeeds): TemplateResult {
  const bug = mutants.find(({ name }) => name === script.bug);
  return html`<section class="card sim-choices" aria-labelledby="choices-title">
    <h2 id="choices-title">The world</h2>
    <label>By itself
      <select @change=${(event: Event) => deeds.change({ life: chosenIn(event) as Life })}>
        ${lives.map(([id, text]) => html`<option value=${id} ?selected=${script.life === id}>${text}</option>`)}
      </select>
    </label>
    <label>Phones
      <select @change=${(event: Event) => deeds.change({ phones: Number(chosenIn(event)) })}>
        ${[2, 3, 4, 5, 6].map((count) => html`<option value=${count} ?selected=${script.phones === count}>${count}</option>`)}
      </select>
    </label>
    <label>Build in a bug
      <select @change=${(event: Event) => deeds.change({ bug: chosenIn(event) })}>
        <option value="" ?selected=${!bug}>None: the real thing</option>
        ${mutants.map(({ name }) => html`<option value=${name} ?selected=${bug?.name === name}>${name.replaceAll('-', ' ')}</option>`)}
      </select>
    </label>
    ${bug ? html`<p class="hint">${bug.bug} The referee should notice; it is quickest when everything goes wrong.</p>` : nothing}
  </section>`;
}

function chosenIn({ target }: Event): string {
  return target instanceof HTMLSelectElement ? target.value : '';
}
