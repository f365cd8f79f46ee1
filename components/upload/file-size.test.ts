import { expect } from '@open-wc/testing';
import { fileSize } from './file-size.ts';

describe('fileSize', () => {
  it('writes sizes in kilobytes and megabytes', () => {
    expect([12_345, 3_400_000, 48_000_000].map((bytes) => fileSize(bytes, 'en'))).to.deep.equal([
      '12 kB',
      '3.4 MB',
      '48 MB',
    ]);
  });
});
