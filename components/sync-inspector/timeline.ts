import { html, svg, type TemplateResult } from 'lit';
import type { SyncState, Transition } from '../../sdk/index.ts';
import type { InspectorWords } from './words.ts';

/** From the best to the worst, as they stand above each other. */
const rows: readonly SyncState[] = ['SYNCED', 'SYNCING', 'OFFLINE', 'ERROR'];
const minWindowMs = 30_000;
const maxWindowMs = 120_000;
const width = 600;
const rowHeight = 18;

/** The states as a line that steps up and down, and as a list for who does not see it. */
export function timeline(
  transitions: readonly Transition[],
  nowMs: number,
  words: InspectorWords,
): TemplateResult {
  const sinceMs = nowMs - (transitions[0]?.atMs ?? nowMs);
  const windowMs = Math.min(maxWindowMs, Math.max(minWindowMs, sinceMs));
  const fromMs = nowMs - windowMs;
  const xOf = (atMs: number): number =>
    Math.round(((Math.max(atMs, fromMs) - fromMs) / windowMs) * width * 10) / 10;
  const yOf = (state: SyncState): number => rows.indexOf(state) * rowHeight + rowHeight / 2;
  const recent = transitions.filter(
    (_, index) => (transitions[index + 1]?.atMs ?? nowMs) >= fromMs,
  );
  const segments = recent.map(({ atMs, state }, index) => {
    const next = recent[index + 1];
    return { state, x: xOf(atMs), end: next ? xOf(next.atMs) : width, to: next?.state };
  });
  return html`<section part="timeline">
    <h3>${words.timeline} <span class="quiet">${words.lately(Math.round(windowMs / 1000))}</span></h3>
    <div class="chart" aria-hidden="true">
      <ul class="rows">
        ${rows.map((state) => html`<li>${words.states[state]}</li>`)}
      </ul>
      <svg viewBox="0 0 ${width} ${rows.length * rowHeight}" preserveAspectRatio="none">
        ${rows.map((state) => svg`<path class="grid" d="M0 ${yOf(state)}H${width}"/>`)}
        ${segments.map(
          ({ state, x, end, to }) => svg`
            ${to ? svg`<path class="step" d="M${end} ${yOf(state)}V${yOf(to)}"/>` : ''}
            <path class=${state.toLowerCase()} d="M${x} ${yOf(state)}H${end}"/>`,
        )}
      </svg>
    </div>
    <details>
      <summary>${words.transitions(Math.max(0, transitions.length - 1))}</summary>
      <ol class="tabular">
        ${transitions
          .slice(-12)
          .toReversed()
          .map(
            ({ atMs, state, pending }) => html`<li>
              <span class="mark ${state.toLowerCase()}"></span>
              <span>${words.states[state]}</span>
              <span class="quiet">
                ${words.seconds(Math.round((nowMs - atMs) / 1000))}${
                  pending > 0 ? html` · ${words.outbox(pending)}` : ''
                }
              </span>
            </li>`,
          )}
      </ol>
    </details>
  </section>`;
}
