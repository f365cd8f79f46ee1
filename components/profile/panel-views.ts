import type { LitElement } from 'lit';
import { html, nothing, type TemplateResult } from 'lit';

/** What went wrong, or what was done: told to assistive technology as well. */
export function outcomeView(view: {
  readonly problem: string | undefined;
  readonly said?: string | undefined;
}): TemplateResult {
  const { problem, said } = view;
  return html`<div role="alert">${problem ? html`<p class="problem">${problem}</p>` : nothing}</div>
    <p class="said" role="status">${problem ? '' : said}</p>`;
}

/** A question before what cannot be taken back, at its place; the safe answer has the focus. */
export function askView(view: {
  readonly label: string;
  readonly text: string;
  readonly stay: string;
  readonly go: string;
  readonly busy: boolean;
  readonly onStay: () => void;
  readonly onGo: () => void;
}): TemplateResult {
  return html`<div class="ask" role="alertdialog" aria-label=${view.label} aria-describedby="panel-cost">
    <p id="panel-cost">${view.text}</p>
    <button class="button stay" @click=${view.onStay}>${view.stay}</button>
    <button class="button danger" ?disabled=${view.busy} @click=${view.onGo}>${view.go}</button>
  </div>`;
}

/** Moves the focus once what it goes to is drawn. */
export function focusOn(element: LitElement, selector: string): void {
  void element.updateComplete.then(() =>
    element.renderRoot.querySelector<HTMLElement>(selector)?.focus(),
  );
}

/** What the server was asked for is on its way. */
export function waitingView(loading: string): TemplateResult {
  return html`<div class="bone part-bone" role="status" aria-label=${loading}></div>`;
}
