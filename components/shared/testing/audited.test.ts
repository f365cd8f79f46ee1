import { expect, fixture, html } from '@open-wc/testing';
import { atRest, audited } from './audited.ts';

/** A page of its own for each test; the paragraph deep in it fades in slowly, from letters that nobody can read. */
const nested = async (): Promise<{ readonly outer: Element; readonly fading: Animation }> => {
  const outer = await fixture<HTMLElement>(html`<section><div></div></section>`);
  const middle = outer.querySelector('div')?.attachShadow({ mode: 'open' });
  const host = document.createElement('div');
  middle?.append(host);
  const inner = host.attachShadow({ mode: 'open' });
  inner.innerHTML = '<dialog aria-label="Question"><p>Keep mine or theirs?</p></dialog>';
  const dialog = inner.querySelector('dialog');
  dialog?.showModal();
  const [fading] = [dialog].flatMap(
    (shown) => shown?.animate({ opacity: [0.1, 0.2] }, { duration: 3_600_000 }) ?? [],
  );
  if (!fading) throw new Error('nothing fades');
  return { outer, fading };
};
const forever = { duration: 1_000, iterations: Infinity };

describe('an audit', () => {
  it('waits for what is still fading in, as deep in shadow trees and the top layer as it may be', async () => {
    const { outer, fading } = await nested();
    let over = false;
    const audit = audited(outer).finally(() => {
      over = true;
    });
    await expect(outer).not.to.be.accessible();
    expect(over).to.equal(false);
    fading.finish();
    await audit;
  });

  it('does not wait for what turns for ever', async () => {
    const { outer, fading } = await nested();
    fading.finish();
    outer.animate({ rotate: ['0deg', '360deg'] }, forever);
    outer.querySelector('div')?.animate({ rotate: ['0deg', '360deg'] }, forever);
    await audited(outer);
  });

  it('waits for what begins when another ends, and takes a cancelled one for over', async () => {
    const { outer, fading } = await nested();
    const next = fading.finished.catch(() => outer.animate({ opacity: [0.5, 1] }, 50));
    const rest = atRest(outer);
    fading.cancel();
    const second = await next;
    await rest;
    expect(second.playState).to.equal('finished');
  });

  it('fails for what stays unreadable', async () => {
    const pale = await fixture(
      html`<p style="color: #ddd; background: #fff">Nobody reads this.</p>`,
    );
    const outcome = await audited(pale).then(
      () => 'passed',
      (error: unknown) => String(error),
    );
    expect(outcome).to.contain('color-contrast');
  });
});
