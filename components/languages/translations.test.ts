import { expect } from '@open-wc/testing';
import { createTranslations, retryMs } from './translations.ts';

describe('what a language is fetched by', () => {
  it('is English until it is there, and then every element that waited renders again', async () => {
    const { element, rendered } = asking();
    const { element: other, rendered: otherRendered } = asking();
    const arrives = Promise.withResolvers<{ words: Record<string, unknown> }>();
    const translated = createTranslations({ de: { player: () => arrives.promise } }, () => 0);
    expect(translated('de-at', 'player/words', element)).to.equal(undefined);
    expect(translated('de', 'player/words', other)).to.equal(undefined);
    arrives.resolve({ words: { words: 'Hallo' } });
    await Promise.all([rendered, otherRendered]);
    expect(translated('de', 'player/words', element)).to.equal('Hallo');
  });

  it('keeps names that are written from right to left in their own direction', async () => {
    const { element, rendered } = asking();
    const by = (name: string): string => `${name} (2) steuert`;
    const words = { words: { by, directions: ['N', 'NO'] } };
    const translated = createTranslations({ de: { player: async () => ({ words }) } }, () => 0);
    translated('de', 'player/words', element);
    await rendered;
    const kept = translated('de', 'player/words', element) as (typeof words)['words'];
    expect(kept.by('ليلى')).to.equal('\u2068ليلى\u2069 (2) steuert');
    expect(kept.by('Ana')).to.equal('Ana (2) steuert');
    expect(kept.directions).to.deep.equal(['N', 'NO']);
  });

  it('is asked for once, whoever wants it', async () => {
    let asked = 0;
    const { element, rendered } = asking();
    const load = async () => {
      asked += 1;
      return { words: { words: 'Hallo', volume: 'Laut' } };
    };
    const translated = createTranslations({ de: { player: load } }, () => 0);
    translated('de', 'player/words', element);
    translated('de', 'player/volume', element);
    await rendered;
    expect(translated('de', 'player/volume', element)).to.equal('Laut');
    expect(asked).to.equal(1);
  });

  it('is asked for again a while after it could not be fetched', async () => {
    let nowMs = 0;
    let asked = 0;
    const failed = Promise.withResolvers<void>();
    const load = async () => {
      asked += 1;
      if (asked > 1) return { words: { words: 'Hallo' } };
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(failed.resolve)));
      throw new TypeError('no network');
    };
    const { element, rendered } = asking();
    const translated = createTranslations({ de: { player: load } }, () => nowMs);
    translated('de', 'player/words', element);
    await failed.promise;
    nowMs = retryMs - 1;
    translated('de', 'player/words', element);
    expect(asked).to.equal(1);
    nowMs = retryMs;
    translated('de', 'player/words', element);
    await rendered;
    expect(translated('de', 'player/words', element)).to.equal('Hallo');
  });

  it('knows nothing of a language that nobody wrote', () => {
    const translated = createTranslations({}, () => 0);
    expect(translated('tlh', 'player/words', document.body)).to.equal(undefined);
  });
});

/** An element, and a promise of its being asked to render. */
function asking(): { readonly element: Element; readonly rendered: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const element = Object.assign(document.createElement('b'), { requestUpdate: () => resolve() });
  return { element, rendered: promise };
}
