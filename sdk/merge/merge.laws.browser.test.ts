import { groupLaws, laws } from './merge.laws.ts';
import { orderLaws } from './order.laws.ts';

describe('the laws of merging, in a browser', () => {
  for (const law of [...laws, ...groupLaws, ...orderLaws]) {
    it(law.name, function () {
      this.timeout(60_000);
      law.check();
    });
  }
});
