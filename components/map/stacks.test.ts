import { expect } from '@open-wc/testing';
import { stacked } from './stacks.ts';

const pin = (id: string, x: number, rank = 1) => ({ id, x, y: 100, rank });

describe('stacking markers', () => {
  it('leaves people apart who can be told apart', () => {
    expect(stacked([pin('ana', 0), pin('bor', 60)], []).map(({ ids }) => ids)).to.deep.equal([
      ['ana'],
      ['bor'],
    ]);
  });

  it('piles up people who would cover each other, me on top', () => {
    const [pile] = stacked([pin('ana', 0), pin('me', 10, 0), pin('bor', 20)], []);
    expect(pile).to.deep.equal({ x: 10, y: 100, ids: ['me', 'ana', 'bor'] });
  });

  it('parts a pile only when its people are clearly apart, so that it does not flicker', () => {
    const together = stacked([pin('ana', 0), pin('bor', 20)], []);
    const still = stacked([pin('ana', 0), pin('bor', 31)], together);
    const apart = stacked([pin('ana', 0), pin('bor', 40)], still);
    expect([still.length, apart.length]).to.deep.equal([1, 2]);
  });

  it('does not join people at the distance at which it would not part them', () => {
    expect(stacked([pin('ana', 0), pin('bor', 31)], []).length).to.equal(2);
  });
});
