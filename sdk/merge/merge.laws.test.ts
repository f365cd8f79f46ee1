import { describe, it } from 'node:test';
import { groupLaws, laws } from './merge.laws.ts';
import { orderLaws } from './order.laws.ts';

describe('the laws of merging', () => {
  for (const law of [...laws, ...groupLaws, ...orderLaws]) it(law.name, () => law.check());
});
