import { expect } from '@open-wc/testing';
import { entry, silence } from '../shared/testing/fake-group.ts';
import { dominantColor } from './artwork-accent.ts';
import { hasEnded, positionAt, shareOf } from './position.ts';
import { waveformPath } from './waveform.ts';

const playing = {
  ...silence,
  item: entry('a'),
  playing: true,
  positionMs: 10_000,
  atServerMs: 500_000,
  durationMs: 60_000,
};

describe('position', () => {
  it('moves with the server clock while playing, at the rate', () => {
    expect(positionAt(playing, 505_000)).to.equal(15_000);
    expect(positionAt({ ...playing, rate: 2 }, 505_000)).to.equal(20_000);
  });

  it('stands still while paused', () => {
    expect(positionAt({ ...playing, playing: false }, 900_000)).to.equal(10_000);
  });

  it('does not run before a start that is still to come', () => {
    expect(positionAt(playing, 400_000)).to.equal(10_000);
  });

  it('ends at the length of the track', () => {
    expect(positionAt(playing, 900_000)).to.equal(60_000);
    expect(hasEnded(playing, 549_999)).to.equal(false);
    expect(hasEnded(playing, 550_000)).to.equal(true);
  });

  it('is no share of a track of unknown length', () => {
    expect(shareOf(10_000, null)).to.equal(0);
    expect(shareOf(90_000, 60_000)).to.equal(1);
  });
});

describe('waveform', () => {
  it('draws one stroke every four pixels', () => {
    expect(waveformPath([0.5, 1], 80, 40).match(/M/g)).to.have.length(20);
  });

  it('reaches the edges at the loudest place, whatever the level of the file', () => {
    expect(waveformPath([0, 0.2], 8, 40)).to.equal('M2 18.9V21.1M6 1.5V38.5');
  });

  it('keeps a peak between two strokes', () => {
    const peaks = Array.from({ length: 100 }, (_, index) => (index === 37 ? 1 : 0.1));
    expect(waveformPath(peaks, 16, 40)).to.contain('V38.5');
  });

  it('is a dotted line where the loudness is not known', () => {
    expect(waveformPath(null, 8, 40)).to.equal('M2 18.9V21.1M6 18.9V21.1');
  });
});

describe('accent of a picture', () => {
  const pixels = (...colors: readonly (readonly [number, number, number])[]): Uint8ClampedArray =>
    new Uint8ClampedArray(colors.flatMap(([r, g, b]) => [r, g, b, 255]));

  it('is the hue that most colourful pixels share', () => {
    const color = dominantColor(pixels([220, 40, 30], [210, 50, 40], [30, 60, 220], [0, 0, 0]));
    expect(color?.hueDeg).to.be.closeTo(29, 8);
  });

  it('is none for a picture in grey', () => {
    expect(dominantColor(pixels([20, 20, 20], [200, 200, 200]))).to.equal(null);
  });

  it('leaves out what is transparent', () => {
    expect(dominantColor(new Uint8ClampedArray([255, 0, 0, 0]))).to.equal(null);
  });
});
