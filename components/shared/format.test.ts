import { expect } from '@open-wc/testing';
import { clockTime } from './format.ts';

describe('format', () => {
  it('writes minutes and seconds, hours only where there are any', () => {
    expect([0, 59_999, 60_000, 3_725_000].map(clockTime)).to.deep.equal([
      '0:00',
      '0:59',
      '1:00',
      '1:02:05',
    ]);
  });

  it('says that a time is unknown', () => {
    expect(clockTime(null)).to.equal('–:––');
    expect(clockTime(Number.NaN)).to.equal('–:––');
  });
});
