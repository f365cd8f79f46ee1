import { html, type TemplateResult } from 'lit';
import { warningIcon } from '../shared/icon.ts';
import type { PlayerWords } from './words.ts';

/** In the foot's place: why this device does not sound, and what to do. */
export function troubleView(words: PlayerWords, message: string): TemplateResult {
  return html`<div class="foot trouble" part="foot" role="alert">
    ${warningIcon()}
    <p><strong>${words.audioMissing}</strong> ${words.why ?? message}</p>
  </div>`;
}
