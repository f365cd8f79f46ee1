import { deepEqual, equal } from 'node:assert/strict';
import { it } from 'node:test';
import type { AuditRecord, ReportRecord, Store } from './store.ts';

/** The part of the store's contract that is about people's safety. */
export function safetyContract(store: () => Pick<Store, 'takedowns' | 'reports' | 'audit'>): void {
  it('keeps a file down once it is', async () => {
    const { takedowns } = store();
    equal(await takedowns.has('f1'), false);
    await takedowns.add('f1', 5);
    await takedowns.add('f1', 9);
    equal(await takedowns.has('f1'), true);
    equal(await takedowns.has('f2'), false);
  });

  it('tells the reports of a site, the newest first, page by page', async () => {
    const { reports } = store();
    for (const atMs of [1, 2, 3]) await reports.add({ ...report, reportId: `r${atMs}`, atMs });
    await reports.add({ ...report, reportId: 'elsewhere', siteId: 's2' });
    const page = async (before: number) =>
      (await reports.ofSite('s1', before, 2)).map(({ reportId }) => reportId);
    deepEqual([await page(10), await page(2)], [['r3', 'r2'], ['r1']]);
    deepEqual((await reports.ofSite('s1', 2, 1))[0], { ...report, reportId: 'r1', atMs: 1 });
  });

  it('tells what was audited, the newest first, and forgets what is old', async () => {
    const { audit } = store();
    for (const atMs of [1, 2, 2, 4]) await audit.append({ ...signIn, atMs });
    await audit.append({ ...signIn, siteId: 's2', actorId: null, atMs: 3 });
    const times = async (asked: { siteId?: string; sinceMs?: number }, limit = 9) =>
      (await audit.list(asked, limit)).map(({ atMs }) => atMs);
    deepEqual(await times({}), [4, 3, 2, 2, 1]);
    deepEqual(await times({ siteId: 's1', sinceMs: 2 }, 2), [4, 2]);
    deepEqual(await audit.list({ siteId: 's2' }, 1), [
      { ...signIn, siteId: 's2', actorId: null, atMs: 3 },
    ]);
    await audit.dropBefore(3);
    deepEqual(await times({}), [4, 3]);
  });

  it('audits once what says that it is the same', async () => {
    const { audit } = store();
    for (const atMs of [1, 2]) await audit.append({ ...signIn, atMs }, 'the op');
    await audit.append({ ...signIn, atMs: 3 }, 'another');
    deepEqual(await audit.list({}, 9), [
      { ...signIn, atMs: 3 },
      { ...signIn, atMs: 1 },
    ]);
  });
}

const report: ReportRecord = {
  reportId: 'r1',
  siteId: 's1',
  groupId: 'road',
  memberId: 'bo',
  reporterId: 'ana',
  reason: 'Sends threats',
  atMs: 1,
};

const signIn: AuditRecord = {
  atMs: 1,
  siteId: 's1',
  kind: 'sign-in',
  actorId: 'ana',
  subjectId: null,
};
