// `node scripts/size-table.ts`: what each part weighs on the wire, against docs/budgets.md.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ChunkFacts, Manifest } from './chunk-manifest.ts';

interface Row {
  readonly part: string;
  readonly files: readonly string[];
  readonly budgetKb: number;
}

/** Minified and gzipped, in kB of 1,000 bytes. An element counts without Lit, the SDK and what all elements share. */
const budgetsKb: Readonly<Record<string, number>> = {
  'jamz-player': 10,
  'jamz-sync-indicator': 3,
  'jamz-conflict-dialog': 6,
  'jamz-playlist': 8,
  'jamz-ai-chat': 14,
  'jamz-map': 6,
};
const otherElementKb = 8;
const sharedKb = 9;
const lazyEngineKb = 12;

/** Prints the table; false when a part is over its budget. */
export function printSizeTable(cdnDir: string): boolean {
  const rows = rowsOf(JSON.parse(readFileSync(join(cdnDir, 'manifest.json'), 'utf8')) as Manifest);
  const gzipKb = memoised(
    (file) => gzipSync(readFileSync(join(cdnDir, file)), { level: 9 }).length / 1000,
  );
  let within = true;
  console.log(`${'part'.padEnd(34)}${'min+gzip'.padStart(10)}${'budget'.padStart(9)}`);
  for (const { part, files, budgetKb } of rows) {
    const sizeKb = files.reduce((sum, file) => sum + gzipKb(file), 0);
    const over = sizeKb > budgetKb;
    within &&= !over;
    const size = sizeKb.toFixed(1).padStart(7);
    console.log(
      `${part.padEnd(34)}${size} kB${String(budgetKb).padStart(6)} kB${over ? '  over' : ''}`,
    );
  }
  return within;
}

/** Every part that the build holds today, as sets of files. */
export function rowsOf(manifest: Manifest): readonly Row[] {
  const loadedWith = (file: string, seen: Set<string> = new Set()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const next of manifest[file]?.imports ?? []) loadedWith(next, seen);
    return seen;
  };
  const holding = (module: string): string | undefined =>
    Object.keys(manifest).find((file) => manifest[file]?.modules.includes(module));

  const lit = Object.keys(manifest).filter((file) => isLit(manifest[file]));
  const sdkFile = holding('sdk/index.ts');
  const sdk = sdkFile ? [...loadedWith(sdkFile)].filter((file) => !lit.includes(file)) : [];
  const shared = Object.keys(manifest).filter((file) => isShared(manifest[file]));
  const apart = new Set([...lit, ...sdk, ...shared]);
  const elements = Object.keys(manifest).filter(
    (file) =>
      /^jamz-.*\.js$/.test(file) &&
      manifest[file]?.modules.some((module) => module.startsWith('components/define/')),
  );

  const rows: Row[] = [
    { part: 'SDK, first load', files: sdk, budgetKb: 50 },
    { part: 'Lit', files: lit, budgetKb: 9 },
    { part: 'shared by elements', files: shared, budgetKb: sharedKb },
    { part: 'CDN loader', files: ['jamz.js'], budgetKb: 2 },
  ];
  for (const file of elements.sort()) {
    const tag = file.slice(0, -'.js'.length);
    const files = [...loadedWith(file)].filter((name) => !apart.has(name));
    rows.push({ part: `<${tag}>`, files, budgetKb: budgetsKb[tag] ?? otherElementKb });
  }
  if (elements.includes('jamz-player.js')) {
    const page = new Set(['jamz.js', ...loadedWith('jamz-player.js'), ...sdk]);
    rows.push({ part: 'a page with <jamz-player>', files: [...page], budgetKb: 66 });
  }
  const later = new Set(sdk);
  // A set that grows while it is walked: what comes late may bring more, later still.
  for (const file of later)
    for (const next of manifest[file]?.dynamicImports ?? []) later.add(next);
  for (const file of [...later].slice(sdk.length)) {
    const files = [...loadedWith(file)].filter((name) => !apart.has(name));
    rows.push({
      part: `SDK, later: ${subjectOf(file, manifest[file])}`,
      files,
      budgetKb: lazyEngineKb,
    });
  }
  return rows;
}

/** A chunk of Lit's code alone: what every element needs of it, or a directive that some need. */
function isLit(chunk: ChunkFacts | undefined): boolean {
  const modules = chunk?.modules ?? [];
  return (
    modules.length > 0 && modules.every((module) => /^node_modules\/(lit|@lit\/|lit-)/.test(module))
  );
}

/** A chunk of code from `components/shared` alone, vendors aside. */
function isShared(chunk: ChunkFacts | undefined): boolean {
  const ours = chunk?.modules.filter((module) => /^(components|sdk)\//.test(module)) ?? [];
  return ours.length > 0 && ours.every((module) => module.startsWith('components/shared/'));
}

/** What a chunk is about: the first of our modules in it, or the vendor's name. */
function subjectOf(file: string, chunk: ChunkFacts | undefined): string {
  const modules = chunk?.modules ?? [];
  const ours = modules.findLast((module) => module.startsWith('sdk/'));
  const vendor = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(modules.at(-1) ?? '')?.[1];
  return ours ?? vendor ?? file;
}

function memoised(measure: (file: string) => number): (file: string) => number {
  const known = new Map<string, number>();
  return (file) => {
    const size = known.get(file) ?? measure(file);
    known.set(file, size);
    return size;
  };
}

if (process.argv[1] === import.meta.filename) {
  const cdnDir = resolve(import.meta.dirname, '../dist/cdn');
  if (!existsSync(cdnDir)) throw new Error('There is no dist/cdn yet. Run: npm run build');
  if (!printSizeTable(cdnDir)) process.exitCode = 1;
}
