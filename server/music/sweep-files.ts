import type { FileId } from '../../sdk/protocol/ids.ts';
import { keysOf } from '../photos/photos.ts';
import type { Clock } from '../ports/clock.ts';
import type { Files, ListedFile } from '../ports/files.ts';
import type { FileRecord, FileStore, TakedownStore } from '../ports/store.ts';

/** What a look through all files found. */
export interface SweepFindings {
  /** Files that are there, whether anything leads to them or not. */
  readonly files: number;
  /** Those that nothing leads to, for longer than the grace; they were removed where that was asked for. */
  readonly orphans: readonly ListedFile[];
  /** Files that a record leads to and that are not there. They are told only: a wrong bucket looks the same. */
  readonly missing: readonly FileId[];
  readonly removed: boolean;
}

export interface SweepFilesDeps {
  readonly files: Pick<Files, 'list' | 'remove'>;
  readonly records: Pick<FileStore, 'get' | 'page'>;
  readonly takedowns: Pick<TakedownStore, 'has'>;
  readonly clock: Clock;
}

export interface SweepOptions {
  /** Only looks. */
  readonly dryRun: boolean;
  /** What was written later is left alone: its record may be on its way. */
  readonly graceMs: number;
  /** Removes also where most files are orphans, which most likely means the wrong database or the wrong bucket. */
  readonly force: boolean;
}

/** More than half of so many files without a record is a mistake of ours rather than litter. */
const suspiciousFiles = 20;
const pageLength = 500;
/** Shared by groups, or on its way through a check. */
const keptFolders = /^(?:demo|~check)\//;

/** Finds files that no record leads to, and records whose files are gone. */
export async function sweepFiles(
  deps: SweepFilesDeps,
  { dryRun, graceMs, force }: SweepOptions,
): Promise<SweepFindings> {
  const { files, records, takedowns, clock } = deps;
  const beforeMs = clock.nowMs() - graceMs;
  const wanted = new Map<string, FileId>();
  for await (const record of allOf(records)) {
    if (await takedowns.has(record.fileId)) continue;
    for (const key of keysOf(record)) wanted.set(key, record.fileId);
  }

  const present = new Set<string>();
  const orphans: ListedFile[] = [];
  let count = 0;
  for await (const file of files.list()) {
    count += 1;
    present.add(file.key);
    const isOld = file.changedAtMs < beforeMs;
    if (isOld && !wanted.has(file.key) && !keptFolders.test(file.key)) orphans.push(file);
  }
  const missing = [...wanted].filter(([key]) => !present.has(key)).map(([, fileId]) => fileId);

  const isSuspicious = count >= suspiciousFiles && orphans.length > count / 2;
  const removed = !dryRun && (force || !isSuspicious);
  if (removed) for (const { key } of orphans) await removeOrphan(deps, key);
  return { files: count, orphans, missing: [...new Set(missing)], removed };
}

/** Asked again: a restore may have brought its record back meanwhile. */
async function removeOrphan(
  { files, records, takedowns }: SweepFilesDeps,
  key: string,
): Promise<void> {
  const fileId = /\/([^/.]+)/.exec(key)?.[1] ?? '';
  const record = await records.get(fileId);
  const isWanted = record && keysOf(record).includes(key) && !(await takedowns.has(fileId));
  if (!isWanted) await files.remove(key);
}

async function* allOf(records: Pick<FileStore, 'page'>): AsyncIterable<FileRecord> {
  let after: FileId | null = null;
  for (;;) {
    const page: readonly FileRecord[] = await records.page(after, pageLength);
    yield* page;
    after = page.at(-1)?.fileId ?? null;
    if (page.length < pageLength) return;
  }
}
