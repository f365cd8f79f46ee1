import { expect, fixture, html } from '@open-wc/testing';
import { languageOf, wordsFor } from './words.ts';

const dictionary = { en: { hello: 'Hello' }, de: { hello: 'Hallo' } };

describe('words', () => {
  it('speaks the language of the nearest lang attribute', async () => {
    const outer = await fixture(html`<div lang="en"><p lang="de"><b></b></p></div>`);
    const inner = outer.querySelector('b');
    expect(inner && wordsFor(inner, dictionary).hello).to.equal('Hallo');
  });

  it('takes the language for its regional form', async () => {
    const element = await fixture(html`<p lang="de-AT"></p>`);
    expect(wordsFor(element, dictionary).hello).to.equal('Hallo');
  });

  it('falls back to English', async () => {
    const element = await fixture(html`<p lang="tlh"></p>`);
    expect(wordsFor(element, dictionary).hello).to.equal('Hello');
  });

  it('finds the language outside a shadow root', async () => {
    const host = await fixture(html`<div lang="de"></div>`);
    const inside = document.createElement('b');
    host.attachShadow({ mode: 'open' }).append(inside);
    expect(languageOf(inside)).to.equal('de');
  });
});
