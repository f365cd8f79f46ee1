import { html, nothing, svg, type TemplateResult } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';
import type { CodesWords } from './codes-words.ts';

const shieldIcon: Icon = () =>
  icon(
    svg`<path d="M12 3.2 5 5.8v5.4c0 4.4 2.9 7.9 7 9.6 4.1-1.7 7-5.2 7-9.6V5.8z"/><path d="m8.8 12 2.3 2.3 4.2-4.4"/>`,
  );

/** Whether what was to be copied is; `no` where the browser does not let a page do it. */
export type Copied = 'yes' | 'no' | undefined;

/** So few that the person should think of new ones. */
const fewCodes = 3;

/** The secret, as a picture and as letters. */
export function keyView(view: {
  readonly words: CodesWords;
  readonly picture: TemplateResult;
  readonly secret: string;
  readonly uri: string;
  readonly copied: Copied;
  readonly onCopy: () => void;
}): TemplateResult {
  const { words, secret, copied } = view;
  return html`<div class="group">
      <h3 id="codes-key" tabindex="-1">${words.scan}</h3>
      <p class="note">${words.scanText}</p>
    </div>
    <div class="key">
      ${view.picture}
      <div class="group">
        <span class="label">${words.key}</span>
        <code id="codes-secret" class="secret" dir="ltr"
          >${(secret.match(/.{1,4}/g) ?? []).map((four) => html`<span>${four}</span>`)}</code
        >
        <div class="buttons">
          <button type="button" class="button copy" @click=${view.onCopy}>${words.copy}</button>
          <a class="link" part="open-app" href=${view.uri}>${words.openApp}</a>
        </div>
        ${copiedView(words, copied)}
      </div>
    </div>
    <h3>${words.type}</h3>`;
}

/** The codes that are shown this once. */
export function recoveryView(view: {
  readonly words: CodesWords;
  readonly codes: readonly string[];
  readonly copied: Copied;
  readonly onCopy: () => void;
  readonly onSave: () => void;
  readonly onKept: () => void;
}): TemplateResult {
  const { words, codes, copied } = view;
  return html`<div class="group">
      <h3 id="codes-recovery" tabindex="-1">${words.recovery}</h3>
      <p class="note">${words.recoveryText}</p>
    </div>
    <ol class="recovery" part="recovery" dir="ltr" aria-label=${words.recovery}>
      ${codes.map((code) => html`<li><code>${code}</code></li>`)}
    </ol>
    <div class="buttons">
      <button class="button copy" @click=${view.onCopy}>${words.copy}</button>
      <button class="button save" @click=${view.onSave}>${words.save}</button>
      <button class="button primary kept" @click=${view.onKept}>${words.kept}</button>
    </div>
    ${copiedView(words, copied)}`;
}

/** That it is on, how many codes are left, and the way out. */
export function onView(view: {
  readonly words: CodesWords;
  readonly left: number;
  /** The form that turns it off, where the person asked for it. */
  readonly end: TemplateResult | undefined;
  readonly onEnd: () => void;
}): TemplateResult {
  const { words, left, end } = view;
  return html`<div class="protected" part="protected">
      ${shieldIcon()}
      <div class="option-text">
        <span>${words.on}</span>
        <span class="note">${words.onText}</span>
        <span class=${left < fewCodes ? 'problem' : 'note'}
          >${words.left(left)}${left < fewCodes ? ` ${words.few}` : nothing}</span
        >
      </div>
    </div>
    ${
      end
        ? html`<div class="danger-zone">
            <p class="note">${words.turnOffText}</p>
            ${end}
          </div>`
        : html`<div class="buttons">
            <button class="button danger turn-off" @click=${view.onEnd}>${words.turnOff}</button>
          </div>`
    }`;
}

function copiedView(words: CodesWords, copied: Copied): TemplateResult {
  const said = copied && (copied === 'yes' ? words.copied : words.copyByHand);
  return html`<p class="said" role="status">${said}</p>`;
}
