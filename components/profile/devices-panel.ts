import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { Device } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { devicesWords } from './devices-words.ts';
import { panelStyles } from './panel-styles.ts';
import { askView, focusOn, outcomeView, waitingView } from './panel-views.ts';

/** Where the person is signed in, and the ways out of each. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = () => wordsFor(element, devicesWords);
  const common = () => wordsFor(element, commonWords);
  const asking = errand(host);
  let devices: readonly Device[] | undefined;
  let said: string | undefined;
  let isSure = true;

  const load = async (): Promise<void> => {
    await asking.run(async () => {
      devices = await jamz.session.devices();
    });
  };
  const end = async (task: Promise<void>, what: string): Promise<void> => {
    said = undefined;
    const done = await asking.run(async () => {
      await task;
      devices = await jamz.session.devices();
    });
    if (done) said = what;
    host.update();
  };
  const ask = (on: boolean): void => {
    isSure = !on;
    host.update();
    focusOn(element, on ? '.panel .stay' : '.panel .everywhere');
  };
  void load();

  const lineView = (device: Device): TemplateResult => html`<li class="device" part="device">
    <span class="option-text">
      <span class="truncate">${device.name}</span>
      ${
        device.current
          ? html`<span class="note here">${words().thisDevice}</span>`
          : html`<span class="note"
              >${words().lastUsed(whenText(device.lastUsedAtMs, host.now(), languageOf(element)))}</span
            >`
      }
    </span>
    ${
      device.current
        ? nothing
        : html`<button
            class="button"
            aria-label=${words().signOutDevice(device.name)}
            ?disabled=${asking.busy}
            @click=${() =>
              void end(jamz.session.endDevice(device.id), words().signedOutDevice(device.name))}
          >
            ${words().signOut}
          </button>`
    }
  </li>`;

  return {
    view() {
      const outcome = outcomeView({ problem: asking.problem, said });
      const others = devices?.filter(({ current }) => !current).length ?? 0;
      return html`<div class="panel">
        ${
          devices
            ? html`<ul>${devices.map(lineView)}</ul>
                ${others === 0 && !said ? html`<p class="note">${words().onlyHere}</p>` : nothing}`
            : asking.busy
              ? waitingView(common().loading)
              : html`${outcome}<button class="button" @click=${() => void load()}>${common().retry}</button>`
        }
        ${
          others < 2
            ? nothing
            : isSure
              ? html`<div class="buttons">
                  <button
                    class="button danger everywhere"
                    ?disabled=${asking.busy}
                    @click=${() => ask(true)}
                  >
                    ${words().signOutElsewhere}
                  </button>
                </div>`
              : askView({
                  label: words().signOutElsewhere,
                  text: words().elsewhereAsk,
                  stay: words().cancel,
                  go: words().signOutElsewhere,
                  busy: asking.busy,
                  onStay: () => ask(false),
                  onGo() {
                    isSure = true;
                    void end(jamz.session.signOutElsewhere(), words().signedOutElsewhere);
                  },
                })
        }
        ${devices ? outcome : nothing}
      </div>`;
    },
    close() {},
  };
}

export const styles: readonly CSSResult[] = [panelStyles];

/** `3 hours ago`, in the reader's language. */
function whenText(atMs: number, nowMs: number, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.round((atMs - nowMs) / 60_000);
  if (minutes > -60) return format.format(Math.min(0, minutes), 'minute');
  const hours = Math.round(minutes / 60);
  return hours > -24 ? format.format(hours, 'hour') : format.format(Math.round(hours / 24), 'day');
}
