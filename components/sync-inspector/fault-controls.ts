import { html, type TemplateResult } from 'lit';
import type { Faults } from '../../sdk/index.ts';
import type { InspectorWords } from './words.ts';

const latencies: readonly number[] = [0, 100, 300, 1_000, 3_000];
const losses: readonly number[] = [0, 0.02, 0.2, 0.5, 1];

/** What can be made to go wrong, for as long as it is set. */
export function faultControls(
  faults: Faults,
  inject: (faults: Partial<Faults>) => void,
  endAll: () => void,
  words: InspectorWords,
): TemplateResult {
  const choice = (
    name: 'latencyMs' | 'loss' | 'clockShiftMs',
    label: string,
    options: readonly (readonly [value: number, text: string])[],
  ) => html`<label class="choice">
    <span>${label}</span>
    <select
      @change=${(event: Event) => {
        if (event.target instanceof HTMLSelectElement)
          inject({ [name]: Number(event.target.value) });
      }}
    >
      ${options.map(
        ([value, text]) =>
          html`<option value=${value} ?selected=${faults[name] === value}>${text}</option>`,
      )}
    </select>
  </label>`;
  const isCalm = Object.values(faults).every((value) => value === false || value === 0);
  return html`<fieldset part="faults">
    <legend>${words.faults}</legend>
    <div class="switches">
      ${(Object.keys(words.switches) as (keyof InspectorWords['switches'])[]).map(
        (name) => html`<button
          class="button"
          aria-pressed=${faults[name] ? 'true' : 'false'}
          @click=${() => inject({ [name]: !faults[name] })}
        >
          ${words.switches[name]}
        </button>`,
      )}
    </div>
    <div class="choices">
      ${choice(
        'latencyMs',
        words.latency,
        latencies.map((ms) => [ms, ms === 0 ? words.none : words.ms(ms)]),
      )}
      ${choice(
        'loss',
        words.loss,
        losses.map((share) => [share, share === 0 ? words.none : words.percent(share)]),
      )}
      ${choice(
        'clockShiftMs',
        words.clock,
        Object.entries(words.clockChoice)
          .map(([ms, text]) => [Number(ms), text] as const)
          .toSorted(([one], [other]) => one - other),
      )}
    </div>
    <button class="button quiet" ?disabled=${isCalm} @click=${endAll}>${words.endFaults}</button>
  </fieldset>`;
}
