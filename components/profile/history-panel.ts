import { type CSSResult, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { HistoryChoice } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { segments } from '../shared/segments.ts';
import { wordsFor } from '../shared/words.ts';
import { historyWords } from './history-words.ts';
import { panelStyles } from './panel-styles.ts';
import { askView, focusOn, outcomeView, waitingView } from './panel-views.ts';

const usualDays: readonly number[] = [0, 1, 7, 30, 90, 365];

/** What is kept of where the person was, who may see it, and how it is deleted. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = () => wordsFor(element, historyWords);
  const common = () => wordsFor(element, commonWords);
  const asking = errand(host);
  let choice: HistoryChoice | undefined;
  let said: string | undefined;
  let isSure = true;

  const load = async (patch?: Partial<HistoryChoice>): Promise<void> => {
    said = undefined;
    await asking.run(async () => {
      choice = await jamz.positionHistoryChoice(patch);
    });
  };
  const ask = (on: boolean): void => {
    isSure = !on;
    said = undefined;
    host.update();
    focusOn(element, on ? '.panel .stay' : '.panel .forget');
  };
  const forget = async (): Promise<void> => {
    isSure = true;
    if (await asking.run(() => jamz.deletePositionHistory())) said = words().forgotten;
    host.update();
  };
  void load();

  const seenByView = (
    seenBy: HistoryChoice['seenBy'],
  ): TemplateResult => html`<fieldset class="group">
    <legend>${words().seenBy}</legend>
    <div class="segments">
      ${(['me', 'group'] as const).map(
        (one) => html`<label>
          <input
            type="radio"
            name="seen-by"
            .checked=${live(seenBy === one)}
            @change=${() => void load({ seenBy: one })}
          /><span>${one === 'me' ? words().seenByMe : words().seenByGroup}</span>
        </label>`,
      )}
    </div>
    <p class="note">${seenBy === 'me' ? words().seenByMeText : words().seenByGroupText}</p>
  </fieldset>`;

  const keepView = ({ keepDays, siteDays }: HistoryChoice): TemplateResult => {
    const most = Math.min(keepDays, siteDays);
    const days = [...new Set([...usualDays.filter((one) => one <= siteDays), most, siteDays])];
    return html`<div class="field">
      <label for="keep-days">${words().keep}</label>
      <select
        class="input"
        id="keep-days"
        aria-describedby="keep-note"
        @change=${({ target }: Event) => {
          if (target instanceof HTMLSelectElement) void load({ keepDays: Number(target.value) });
        }}
      >
        ${days
          .toSorted((a, b) => a - b)
          .map(
            (one) =>
              html`<option value=${one} .selected=${one === most}>${words().keepDays(one)}</option>`,
          )}
      </select>
      <p class="note" id="keep-note">${words().keepText(siteDays)}</p>
    </div>`;
  };

  return {
    view() {
      const outcome = outcomeView({ problem: asking.problem, said });
      if (!choice) {
        return html`<div class="panel">
          ${
            asking.busy
              ? waitingView(common().loading)
              : html`${outcome}<button class="button" @click=${() => void load()}>${common().retry}</button>`
          }
        </div>`;
      }
      return html`<div class="panel">
        ${seenByView(choice.seenBy)} ${keepView(choice)}
        ${
          isSure
            ? html`<div class="buttons">
                <button class="button danger forget" ?disabled=${asking.busy} @click=${() => ask(true)}>
                  ${words().forget}
                </button>
              </div>`
            : askView({
                label: words().forget,
                text: words().forgetAsk,
                stay: words().cancel,
                go: words().forgetYes,
                busy: asking.busy,
                onStay: () => ask(false),
                onGo: () => void forget(),
              })
        }
        ${outcome}
      </div>`;
    },
    close() {},
  };
}

export const styles: readonly CSSResult[] = [segments, panelStyles];
