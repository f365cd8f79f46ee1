import { html, nothing, type TemplateResult } from 'lit';
import type { Inspected, InspectedOp, InspectedScope } from '../../sdk/index.ts';
import type { InspectorWords } from './words.ts';

/** So many ops are listed; a drain of thousands is told by its count. */
const listed = 20;

/** Where each log ends here and at the server. */
export function logTable(scopes: readonly InspectedScope[], words: InspectorWords): TemplateResult {
  const { columns } = words;
  return html`<section part="logs">
    <h3>${words.logs}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${words.logs}>
      <table class="tabular">
        <thead>
          <tr>
            <th scope="col">${columns.log}</th>
            <th scope="col">${columns.here}</th>
            <th scope="col">${columns.head}</th>
            <th scope="col">${columns.waiting}</th>
          </tr>
        </thead>
        <tbody>
          ${scopes.map(({ scope, cursor, headSeq, pending }) => {
            const here = cursor ? `${cursor.generation}·${cursor.seq}` : words.unknown;
            const isBehind = cursor !== null && cursor.seq < headSeq;
            return html`<tr>
              <th scope="row" class="mono">${scope}</th>
              <td class=${isBehind ? 'behind' : ''}>
                ${here} <span class="mono quiet">${cursor?.hash.slice(0, 6)}</span>
              </td>
              <td>${headSeq || words.unknown}</td>
              <td>${pending}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** What waits, as the outbox has it. */
export function outboxTable(
  { outbox, waiting }: Pick<Inspected, 'outbox' | 'waiting'>,
  words: InspectorWords,
): TemplateResult {
  const { columns } = words;
  const title = words.outbox(waiting);
  return html`<section part="outbox">
    <h3>${title}</h3>
    ${
      waiting === 0
        ? html`<p class="quiet">${words.nothingWaits}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${title}>
            <table class="tabular">
              <thead>
                <tr>
                  <th scope="col">${columns.change}</th>
                  <th scope="col">${columns.kind}</th>
                  <th scope="col">${columns.age}</th>
                  <th scope="col">${columns.stage}</th>
                  <th scope="col">${columns.tries}</th>
                  <th scope="col">${columns.priority}</th>
                  <th scope="col">${columns.needs}</th>
                </tr>
              </thead>
              <tbody>
                ${outbox.slice(0, listed).map((op) => outboxRow(op, words))}
              </tbody>
            </table>
          </div>`
    }
    ${waiting > listed ? html`<p class="quiet">${words.more(waiting - listed)}</p>` : nothing}
  </section>`;
}

function outboxRow(op: InspectedOp, words: InspectorWords): TemplateResult {
  return html`<tr>
    <th scope="row">${op.summary}</th>
    <td class="mono">${op.type}</td>
    <td>${words.seconds(Math.round(op.ageMs / 1000))}</td>
    <td>${op.stage}</td>
    <td>${op.attempts}</td>
    <td>${op.priority}</td>
    <td class="mono">${op.dependsOn.join(' ') || words.unknown}</td>
  </tr>`;
}

/** What was refused or spent its attempts, and why. */
export function setAsideList(
  setAside: readonly InspectedOp[],
  words: InspectorWords,
): TemplateResult | typeof nothing {
  if (setAside.length === 0) return nothing;
  return html`<section part="set-aside">
    <h3>${words.setAside(setAside.length)}</h3>
    <ul class="aside">
      ${setAside.slice(0, listed).map(
        ({ summary, reason }) => html`<li>
          ${summary} <span class="mono danger">${reason?.code}</span>
          <span class="quiet">${reason?.message}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}
