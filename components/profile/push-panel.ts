import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Push, PushKind, PushPreferences } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { panelStyles } from './panel-styles.ts';
import { outcomeView, waitingView } from './panel-views.ts';
import { type PushWords, pushWords } from './push-words.ts';

const nightly = { from: '22:00', to: '07:00' };

/** Whether this browser shows messages while the page is closed, of what, and when not. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = () => wordsFor(element, pushWords);
  const common = () => wordsFor(element, commonWords);
  const says = (code: string): string | undefined =>
    code === 'forbidden'
      ? words().pushRefused
      : code === 'unavailable'
        ? words().pushUnreachable
        : undefined;
  const asking = errand(host, says);
  let push: Push | undefined;
  let preferences: PushPreferences | undefined;
  let watching: { unsubscribe(): void } | undefined;
  let isClosed = false;

  const load = async (): Promise<void> => {
    await asking.run(async () => {
      push = await jamz.push();
      if (isClosed) return;
      watching ??= push.state$.subscribe(host.update);
      if (push.state$.value === 'on') preferences = await push.preferences();
    });
  };
  const turn = async (on: boolean, ready: Push): Promise<void> => {
    // The very first thing of the tap: no browser asks for its permission later.
    const turning = on ? ready.enable() : ready.disable();
    turning.catch(() => {});
    await asking.run(async () => {
      await turning;
      if (on) preferences = await ready.preferences();
    });
  };
  const prefer = async (patch: Partial<PushPreferences>): Promise<void> => {
    await asking.run(async () => {
      preferences = await push?.prefer(patch);
    });
  };
  void load();

  const switchView = (ready: Push): TemplateResult => html`<label class="plain-option">
    <span class="option-text">
      <span>${words().push}</span>
      <span class="note" id="push-note">${words().pushText}</span>
    </span>
    <input
      type="checkbox"
      role="switch"
      class="switch"
      part="push"
      aria-label=${words().push}
      aria-describedby="push-note"
      ?disabled=${asking.busy}
      .checked=${live(ready.state$.value === 'on')}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLInputElement) void turn(target.checked, ready);
      }}
    />
  </label>`;

  return {
    view() {
      const state = push?.state$.value;
      const outcome = outcomeView({ problem: asking.problem });
      if (!push || !state) {
        return html`<div class="panel">
          ${
            asking.busy
              ? waitingView(common().loading)
              : html`${outcome}<button class="button" @click=${() => void load()}>${common().retry}</button>`
          }
        </div>`;
      }
      if (state === 'unsupported' || state === 'denied') {
        return html`<div class="panel">${barredView(state, element.ownerDocument, words())}</div>`;
      }
      return html`<div class="panel">
        ${switchView(push)}
        ${
          state === 'on' && preferences
            ? [kindsView(preferences, words(), prefer), quietView(preferences, words(), prefer)]
            : nothing
        }
        ${outcome}
      </div>`;
    },
    close() {
      isClosed = true;
      watching?.unsubscribe();
    },
  };
}

export const styles: readonly CSSResult[] = [panelStyles];

type Prefer = (patch: Partial<PushPreferences>) => Promise<void>;

function barredView(
  state: 'unsupported' | 'denied',
  page: Document,
  words: PushWords,
): TemplateResult {
  return html`<div class="warned" part="push-barred">
    ${
      state === 'denied'
        ? html`<strong>${words.pushDenied}</strong>
            <p>${words.pushDeniedHow}</p>`
        : html`<p>${wantsInstall(page.defaultView) ? words.pushInstall : words.pushUnsupported}</p>`
    }
  </div>`;
}

/** iPhones and iPads show messages of pages on the home screen only; an iPad says that it is a Mac. */
export function wantsInstall(
  view: {
    readonly navigator: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;
    matchMedia(query: string): { readonly matches: boolean };
  } | null,
): boolean {
  if (!view) return false;
  const { userAgent, maxTouchPoints } = view.navigator;
  const isApple =
    /iP(hone|ad|od)/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
  return isApple && !view.matchMedia('(display-mode: standalone)').matches;
}

function kindsView({ kinds }: PushPreferences, words: PushWords, prefer: Prefer): TemplateResult {
  const all = Object.keys(words.kinds) as PushKind[];
  const change = (kind: PushKind, on: boolean): void => {
    void prefer({ kinds: all.filter((one) => (one === kind ? on : kinds.includes(one))) });
  };
  return html`<fieldset class="group">
    <legend>${words.about}</legend>
    <div class="checks">
      ${all.map(
        (kind) => html`<label class="check">
          <input
            type="checkbox"
            .checked=${live(kinds.includes(kind))}
            @change=${({ target }: Event) => {
              if (target instanceof HTMLInputElement) change(kind, target.checked);
            }}
          />
          <span>${words.kinds[kind]}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function quietView({ quiet }: PushPreferences, words: PushWords, prefer: Prefer): TemplateResult {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const time = (edge: 'from' | 'to', label: string): TemplateResult => html`<div class="field">
    <label for="quiet-${edge}">${label}</label>
    <input
      class="input"
      id="quiet-${edge}"
      type="time"
      required
      .value=${live(quiet?.[edge] ?? '')}
      @change=${({ target }: Event) => {
        if (!(target instanceof HTMLInputElement) || !quiet || target.value === '') return;
        void prefer({ quiet: { ...quiet, [edge]: target.value, zone } });
      }}
    />
  </div>`;
  return html`<div class="group">
    <label class="plain-option">
      <span class="option-text">
        <span>${words.quiet}</span>
        <span class="note">${words.quietText(quiet?.zone ?? zone)}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        aria-label=${words.quiet}
        .checked=${live(quiet !== null)}
        @change=${({ target }: Event) => {
          if (!(target instanceof HTMLInputElement)) return;
          void prefer({ quiet: target.checked ? { ...nightly, zone } : null });
        }}
      />
    </label>
    ${quiet ? html`<div class="times">${time('from', words.from)} ${time('to', words.to)}</div>` : nothing}
  </div>`;
}
