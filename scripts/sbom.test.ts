import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { sbomOf } from './sbom.ts';

const root = resolve(import.meta.dirname, '..');

describe('the bill of materials', () => {
  const sbom = sbomOf(root);
  const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const names = new Set(sbom.components.map(({ name }) => name));

  it('has everything that runs in an installation, and none of the tools', () => {
    deepEqual([sbom.bomFormat, sbom.specVersion], ['CycloneDX', '1.5']);
    deepEqual(
      Object.keys(dependencies).filter((name) => !names.has(name)),
      [],
    );
    // What a dependency needs in its turn.
    for (const name of ['lit-html', 'bson', 'engine.io']) equal(names.has(name), true, name);
    for (const name of ['@biomejs/biome', 'playwright-core', 'rollup']) {
      equal(names.has(name), false, name);
    }
  });

  it('names each once, by version, address, checksum and licence', () => {
    ok(sbom.components.length > 200);
    equal(new Set(sbom.components.map(({ purl }) => purl)).size, sbom.components.length);
    // Old packages say it in a file alone.
    const unsaid = sbom.components.filter(({ licenses }) => licenses.length === 0);
    ok(unsaid.length < 5, unsaid.map(({ name }) => name).join(' '));
    for (const { name, version, purl, hashes } of sbom.components) {
      match(purl, /^pkg:npm\/(%40[^/@]+\/)?[^/@?\s]+@\d+\.\d+\.\d+/, name);
      ok(purl.endsWith(`@${version}`), name);
      match(hashes[0]?.alg ?? '', /^SHA-(1|256|384|512)$/, name);
      match(hashes[0]?.content ?? '', /^[0-9a-f]{40,128}$/, name);
    }
  });
});
