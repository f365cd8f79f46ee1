import { deepEqual } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

const itself = /^components\/shared\/testing\/audited(\.test)?\.ts$/;

it('leaves no audit of an element to chance: each waits until what fades in has come', () => {
  const impatient = globSync('{components,playground,sdk}/**/*.ts')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !itself.test(path) && readFileSync(path, 'utf8').includes('.be.accessible('));
  deepEqual(impatient, [], 'use audited() of components/shared/testing');
});
