import { expect } from '@open-wc/testing';
import { clockTime, fileSize, initials } from './format.ts';

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

  it('writes sizes in kilobytes and megabytes', () => {
    expect([12_345, 3_400_000, 48_000_000].map((bytes) => fileSize(bytes, 'en'))).to.deep.equal([
      '12 kB',
      '3.4 MB',
      '48 MB',
    ]);
  });

  it('makes initials of the first and the last name', () => {
    expect(['Ana Novak', 'bo', ' Ada  de la Cruz ', ''].map(initials)).to.deep.equal([
      'AN',
      'B',
      'AC',
      '?',
    ]);
  });
});
