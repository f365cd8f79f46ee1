import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import { coreWords } from './core-words.ts';
import { languageOf, wordsFor } from './words.ts';

class JamzWordsProbe extends LitElement {
  override render(): TemplateResult {
    return html`${wordsFor(this, coreWords).loading}`;
  }
}
customElements.define('jamz-words-probe', JamzWordsProbe);

const said = (element: Element | null): string => element?.shadowRoot?.textContent?.trim() ?? '';

describe('words', () => {
  it('speak the language of the nearest lang attribute', async () => {
    const outer = await fixture(
      html`<div lang="en"><p lang="de"><jamz-words-probe></jamz-words-probe></p></div>`,
    );
    const probe = outer.querySelector('jamz-words-probe');
    await waitUntil(() => said(probe) === 'Wird geladen', 'German arrives', { timeout: 15_000 });
  });

  it('take the language for its regional form', async () => {
    const probe = await fixture(html`<jamz-words-probe lang="es-MX"></jamz-words-probe>`);
    await waitUntil(() => said(probe) === 'Cargando', 'Spanish arrives', { timeout: 15_000 });
  });

  it('fall back to English', async () => {
    const probe = await fixture(html`<jamz-words-probe lang="tlh"></jamz-words-probe>`);
    expect(said(probe)).to.equal('Loading');
    expect(languageOf(probe)).to.equal('en');
  });

  it('change with the page, also where its lang is outside a shadow root', async () => {
    const host = await fixture(html`<div lang="en"></div>`);
    const probe = document.createElement('jamz-words-probe');
    host.attachShadow({ mode: 'open' }).append(probe);
    await waitUntil(() => said(probe) === 'Loading', 'it renders', { timeout: 15_000 });
    host.setAttribute('lang', 'fr');
    await waitUntil(() => said(probe) === 'Chargement', 'French arrives', { timeout: 15_000 });
    host.setAttribute('lang', 'ar');
    await waitUntil(() => said(probe) === 'جارٍ التحميل', 'Arabic arrives', { timeout: 15_000 });
    host.removeAttribute('lang');
    await waitUntil(() => said(probe) === 'Loading', 'English again', { timeout: 15_000 });
  });

  it('find the language outside a shadow root', async () => {
    const host = await fixture(html`<div lang="de"></div>`);
    const inside = document.createElement('b');
    host.attachShadow({ mode: 'open' }).append(inside);
    expect(languageOf(inside)).to.equal('de');
  });

  it('give a tag that the platform’s formats take, whatever a page has written', async () => {
    const element = await fixture(html`<p></p>`);
    for (const [written, taken] of [
      ['de_DE', 'de'],
      ['den', 'en'],
      ['DE-at', 'de-at'],
      ['es-419', 'es'],
      ['ar-EG', 'ar-eg-u-nu-latn'],
      ['zh-Hant', 'en'],
      ['en-GB', 'en-gb'],
    ] as const) {
      element.setAttribute('lang', written);
      expect(languageOf(element), written).to.equal(taken);
      expect(() => new Intl.NumberFormat(languageOf(element))).to.not.throw();
    }
  });
});
