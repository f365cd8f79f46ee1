import { rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memberQuota } from './member-quota.ts';

const records = { usageOf: async () => ({ files: 3, bytes: 90_000_000 }) };

describe('what one person may upload', () => {
  it('ends with the number of files', async () => {
    await rejects(memberQuota(records, { files: 3, bytes: 0 })('ana', 1), {
      code: 'quota-exceeded',
      message: /3 files/,
    });
    await memberQuota(records, { files: 4, bytes: 0 })('ana', 1);
  });

  it('[FS5] ends with their bytes together', async () => {
    const admit = memberQuota(records, { files: 0, bytes: 100_000_000 });
    await admit('ana', 10_000_000);
    await rejects(admit('ana', 10_000_001), { code: 'quota-exceeded', message: /90 of 100 MB/ });
  });

  it('has no end where none is set', async () => {
    await memberQuota(records, { files: 0, bytes: 0 })('ana', 1e12);
  });
});
