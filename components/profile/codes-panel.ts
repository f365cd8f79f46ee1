import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import type { SecondFactor } from '../../sdk/index.ts';
import { accountFieldStyles } from '../shared/account-field.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { type CodesForm, type CodesFormOptions, codesForm } from './codes-form.ts';
import { codesStyles } from './codes-styles.ts';
import { type Copied, keyView, onView, recoveryView } from './codes-views.ts';
import { type CodesWords, codesWords } from './codes-words.ts';
import { panelStyles } from './panel-styles.ts';
import { focusOn, outcomeView, waitingView } from './panel-views.ts';
import { type QrCode, qrCode, qrView } from './qr-code.ts';

/** How far the person is; each step has what belongs to it alone. */
type Step =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'off'; readonly form: CodesForm }
  | {
      readonly kind: 'key';
      readonly form: CodesForm;
      readonly secret: string;
      readonly uri: string;
    }
  | { readonly kind: 'recovery'; readonly codes: readonly string[] }
  | {
      readonly kind: 'on';
      readonly left: number;
      readonly end: CodesForm;
      readonly ending: boolean;
    };

/** Codes of an authenticator app beside the password: set up, kept for a lost phone, turned off. */
export function open(host: PartHost): Part {
  const { element, jamz } = host;
  const words = (): CodesWords => wordsFor(element, codesWords);
  const looking = errand(host);
  let step: Step = { kind: 'unknown' };
  let qr: QrCode | undefined;
  let copied: Copied;
  let said: ((all: CodesWords) => string) | undefined;

  const go = (next: Step, focus?: string): void => {
    if ('form' in step) step.form.clear();
    if ('end' in step) step.end.clear();
    step = next;
    copied = undefined;
    qr = next.kind === 'key' ? qr : undefined;
    host.update();
    if (focus) focusOn(element, focus);
  };
  const form = (options: CodesFormOptions): CodesForm => codesForm(host, options);

  async function look(focus?: string): Promise<void> {
    await looking.run(async () => {
      const factor = await jamz.session.secondFactor();
      if (factor.on) go(isOn(factor), focus);
      else go(isOff(factor), focus);
    });
  }

  function isOff(factor: SecondFactor): Step {
    const begin = form({
      fields: ['password'],
      submit: (all) => all.begin,
      async run({ password }) {
        const { secret, uri } = await factor.begin(password);
        said = undefined;
        go({ kind: 'key', form: confirm(factor), secret, uri }, '#codes-key');
        // Without the picture there is the key.
        qr = await qrCode(uri).catch(() => undefined);
        host.update();
      },
    });
    return { kind: 'off', form: begin };
  }

  function confirm(factor: SecondFactor): CodesForm {
    return form({
      ...{ fields: ['code'], isOfApp: true, submit: (all) => all.turnOn },
      async run({ code }) {
        go({ kind: 'recovery', codes: await factor.confirm(code) }, '#codes-recovery');
      },
      onCancel: () => go(isOff(factor), '#codes-password'),
      onGone() {
        said = (all) => all.tooLate;
        go(isOff(factor), '#codes-password');
      },
    });
  }

  function isOn(factor: SecondFactor): Step {
    const end = form({
      ...{ fields: ['password', 'code'], submit: (all) => all.turnOff, isDanger: true },
      async run(typed) {
        await factor.end(typed);
        said = (all) => all.turnedOff;
        await look('#codes-password');
      },
      onCancel: () => go(isOn(factor), '.turn-off'),
    });
    return { kind: 'on', left: factor.recoveryCodesLeft, end, ending: false };
  }

  async function copy(text: string, shown: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      copied = 'yes';
    } catch {
      copied = 'no';
      mark(element.renderRoot.querySelector(shown));
    }
    host.update();
  }

  function stepView(all: CodesWords): TemplateResult {
    switch (step.kind) {
      case 'off':
        return html`<p class="note">${all.offText}</p>
          ${outcomeView({ problem: undefined, said: said?.(all) })} ${step.form.view()}`;
      case 'key': {
        const { secret } = step;
        const picture = qrView(qr, all.picture);
        const onCopy = (): void => void copy(secret, '#codes-secret');
        return html`${keyView({ words: all, picture, ...step, copied, onCopy })}
          ${step.form.view()}`;
      }
      case 'recovery': {
        const { codes } = step;
        return recoveryView({
          ...{ words: all, codes, copied },
          onCopy: () => void copy(codes.join('\n'), '.recovery'),
          onSave: () => save(element.ownerDocument, codes),
          onKept: () => void look('.turn-off'),
        });
      }
      case 'on': {
        const { left, ending, end } = step;
        const onEnd = (): void => {
          if (step.kind === 'on') step = { ...step, ending: true };
          host.update();
          focusOn(element, '#codes-password');
        };
        return onView({ words: all, left, end: ending ? end.view() : undefined, onEnd });
      }
      default:
        return looking.busy
          ? waitingView(wordsFor(element, commonWords).loading)
          : html`<button class="button" @click=${() => void look()}>
              ${wordsFor(element, commonWords).retry}
            </button>`;
    }
  }

  void look();
  return {
    view: () => html`<div class="panel">
      ${looking.problem ? outcomeView({ problem: looking.problem }) : nothing} ${stepView(words())}
    </div>`,
    close: () => go({ kind: 'unknown' }),
  };
}

export const styles: readonly CSSResult[] = [panelStyles, accountFieldStyles, codesStyles];

/** Marks a text, so that it can be copied by hand. */
function mark(shown: Element | null): void {
  if (shown) getSelection()?.selectAllChildren(shown);
}

function save(page: Document, codes: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = page.createElement('a');
  link.href = url;
  link.download = 'trafficjamz-codes.txt';
  link.click();
  // Once the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
