import { expect } from '@open-wc/testing';
import { browserPeaks } from './measure-peaks.ts';

/** One second of 16-bit mono: silent first, then a tone. */
function wave(): Blob {
  const frames = 44_100;
  const view = new DataView(new ArrayBuffer(44 + frames * 2));
  const text = (at: number, word: string): void => {
    for (let index = 0; index < word.length; index++)
      view.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + frames * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, frames, true);
  view.setUint32(28, frames * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, frames * 2, true);
  for (let frame = frames / 2; frame < frames; frame++) {
    view.setInt16(44 + frame * 2, Math.sin(frame / 10) * 20_000, true);
  }
  return new Blob([view.buffer]);
}

describe('peaks measured by the browser', () => {
  it('follow the sound and tell its length', async () => {
    const measured = await browserPeaks()?.(wave());
    expect(measured?.durationMs).to.equal(1_000);
    const { peaks = [] } = measured ?? {};
    expect(peaks.length).to.be.greaterThan(80);
    expect(peaks[5]).to.be.lessThan(0.01);
    expect(peaks.at(-5)).to.be.greaterThan(0.9);
  });

  it('are none of a file that it cannot decode', async () => {
    let failed = false;
    await browserPeaks()?.(new Blob(['no sound'])).catch(() => {
      failed = true;
    });
    expect(failed).to.equal(true);
  });
});
