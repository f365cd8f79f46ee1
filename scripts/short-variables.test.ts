import { deepEqual, equal } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { shortNames } from './short-variables.ts';

const sources = globSync('components/**/*.ts').map((path) => readFileSync(path, 'utf8'));

describe('short names for inner CSS properties', () => {
  it('are shorter the more often one is named, and each its own', () => {
    const shorts = shortNames(['--_line-strong --_text', '--_text: 1; --_hover --_text']);
    deepEqual(
      [...shorts],
      [
        ['--_text', '--_e'],
        ['--_hover', '--_t'],
        ['--_line-strong', '--_n'],
      ],
    );
    const many = shortNames([Array.from({ length: 60 }, (_, at) => `--_n${at}`).join(' ')]);
    equal(new Set(many.values()).size, 60);
  });

  it('are the same in whatever order the sources are read', () => {
    deepEqual([...shortNames(sources)], [...shortNames(sources.toReversed())]);
  });

  it('leave what a page may set', () => {
    equal(shortNames(['--jamz-text: var(--text)']).size, 0);
  });

  it('cannot meet a name that is written so already', () => {
    const shorts = shortNames(sources);
    const short = new Set(shorts.values());
    deepEqual(
      [...shorts.keys()].filter((name) => short.has(name)),
      [],
    );
  });
});
