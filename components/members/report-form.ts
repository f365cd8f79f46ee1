import { type CSSResult, css, html, nothing } from 'lit';
import type { Group, Member } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import { request } from '../shared/events.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { membersWords } from './words.ts';

const maxReasonChars = 2_000;

/** Where a member is reported to the people of the site; the member does not hear of it. */
export function openReport(host: PartHost, group: Group, { memberId, name }: Member): Part {
  const { element } = host;
  const words = () => wordsFor(element, membersWords);
  const common = () => wordsFor(element, commonWords);
  const sending = errand(host);
  let reason = '';
  let isMissing = false;
  let isSent = false;

  // Once it is drawn, one can type.
  void Promise.resolve()
    .then(() => element.updateComplete)
    .then(() => element.renderRoot.querySelector<HTMLElement>('#reason')?.focus());

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    isMissing = reason.trim() === '';
    host.update();
    if (isMissing) {
      await element.updateComplete;
      element.renderRoot.querySelector<HTMLElement>('#reason')?.focus();
      return;
    }
    const report = { memberId, reason: reason.trim() };
    if (!request(element, 'jamz-request-report', report)) return;
    isSent = await sending.run(() => group.report(report.memberId, report.reason));
    host.update();
  }

  return {
    view: () =>
      isSent
        ? html`<div class="report" part="report">
            <p role="status">${words().reported(name)}</p>
            <div class="buttons">
              <button class="button" @click=${host.done}>${common().close}</button>
            </div>
          </div>`
        : html`<form
            class="report"
            part="report"
            novalidate
            aria-busy=${sending.busy ? 'true' : 'false'}
            @submit=${(event: Event) => void submit(event)}
          >
            <div class="field">
              <label for="reason">${words().reportReason(name)}</label>
              <textarea
                class="input"
                id="reason"
                rows="3"
                maxlength=${maxReasonChars}
                required
                dir="auto"
                aria-invalid=${isMissing ? 'true' : 'false'}
                aria-describedby="reason-note"
                .value=${reason}
                ?readonly=${sending.busy}
                @input=${({ target }: InputEvent) => {
                  if (!(target instanceof HTMLTextAreaElement)) return;
                  reason = target.value;
                  isMissing = false;
                  sending.clear();
                }}
              ></textarea>
              <p id="reason-note" class=${isMissing ? 'problem' : 'note'}>
                ${isMissing ? words().reasonMissing : words().reportText(name)}
              </p>
            </div>
            <div role="alert">
              ${sending.problem ? html`<p class="problem">${sending.problem}</p>` : nothing}
            </div>
            <div class="buttons">
              <button type="button" class="button" @click=${host.done}>${common().cancel}</button>
              <button class="button primary" ?disabled=${sending.busy}>${words().reportSend}</button>
            </div>
          </form>`,
    close() {},
  };
}

export const reportStyles: CSSResult = css`
  .report {
    display: grid;
    gap: 0.6em;
    padding: 0.25em 0 0.9em;
  }
  .report textarea {
    resize: vertical;
    font: inherit;
  }
  .report .problem {
    padding: 0;
  }
  .report [role='alert']:not(:has(*)) {
    display: none;
  }
`;
