import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startMs, TestLog } from './test-log.ts';

const policies = { join: 'invited', add: 'everyone', control: 'everyone' } as const;

describe('group info', () => {
  it('[MG17] takes the last writer of each field and policy', () => {
    const log = new TestLog();
    log.append('group.create', { name: 'Trip', policies }, { madeMs: 0 });
    log.append('group.update', { name: 'Sea', policies: { add: 'owners' } }, { madeMs: 20 });
    log.append('group.update', { name: 'Hills', photoFileId: 'p1' }, { by: 'bo', madeMs: 10 });
    const { name, photoFileId, policies: now, createdAtMs } = log.group.info.info;
    deepEqual(
      [name, photoFileId, now.add, now.join, createdAtMs],
      ['Sea', 'p1', 'owners', 'invited', startMs],
    );
  });

  it('is the same object after a write that loses', () => {
    const log = new TestLog();
    log.append('group.create', { name: 'Trip', policies }, { madeMs: 50 });
    const { info } = log.group;
    log.append('group.update', { name: 'Old' }, { madeMs: 10 });
    equal(log.group.info, info);
  });

  it('[MG17] stays deleted', () => {
    const log = new TestLog();
    log.append('group.delete', {});
    log.append('group.update', { name: 'Back' });
    equal(log.group.info.info.deleted, true);
  });
});
