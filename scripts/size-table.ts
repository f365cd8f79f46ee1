// `node scripts/size-table.ts`: what each part weighs on the wire, against docs/budgets.md.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ChunkFacts, Manifest } from './chunk-manifest.ts';
import { brotli, gzip } from './precompress.ts';

interface Row {
  readonly part: string;
  readonly files: readonly string[];
  readonly budgetKb: number;
}

/** Minified and gzipped, in kB of 1,000 bytes. An element counts without the SDK, Lit and what all elements share. */
const budgetsKb: Readonly<Record<string, number>> = {
  'jamz-player': 10,
  'jamz-sync-indicator': 3,
  'jamz-conflict-dialog': 6,
  'jamz-playlist': 8,
  'jamz-ai-chat': 14,
  'jamz-map': 6,
};
const otherElementKb = 8;
const baseKb = 17;
const sdkLaterKb = 12;
/** What an element loads later, by what it is about. */
const laterKb: Readonly<Record<string, number>> = {
  'components/map/map-room.ts': 15.5,
  'components/trip/trip-room.ts': 19,
  'components/map/street-engine.ts': 290,
  pmtiles: 8,
  'components/ai-chat/markdown.ts': 14,
  'components/profile/push-panel.ts': 5,
  'components/profile/data-panel.ts': 5,
  'components/profile/codes-panel.ts': 6,
  qrcode: 10,
};
const otherLaterKb = 4;
/** Of all elements; each fetches its own part. */
const languageKb = 20;
const languages = ['ar', 'de', 'es', 'fr'] as const;
/** In no page's way: a browser fetches it when a page is at rest. */
const serviceWorker: Row = { part: 'service worker', files: ['jamz-sw.js'], budgetKb: 46 };
const pageKb = 66;

const nameWidth = 64;

/** Prints the table; false when a part is over its budget. What brotli makes of it is told beside: no budget is about it. */
export function printSizeTable(cdnDir: string): boolean {
  const manifest = JSON.parse(readFileSync(join(cdnDir, 'manifest.json'), 'utf8')) as Manifest;
  const rows = [...rowsOf(manifest), serviceWorker];
  const weighed =
    (pack: (content: Buffer) => Buffer) =>
    (file: string): number =>
      pack(readFileSync(join(cdnDir, file))).length / 1000;
  const [gzipKb, brotliKb] = [memoised(weighed(gzip)), memoised(weighed(brotli))];
  const sum = (files: readonly string[], kb: (file: string) => number): number =>
    files.reduce((total, file) => total + kb(file), 0);
  let within = true;
  const line = (part: string, ...cells: readonly string[]): void => {
    const text = part.padEnd(nameWidth) + cells.map((cell) => cell.padStart(10)).join('');
    console.log(text.trimEnd());
  };
  line('part', 'min+gzip', 'budget', 'to spare', 'brotli');
  for (const { part, files, budgetKb } of rows) {
    const sizeKb = sum(files, gzipKb);
    const spareKb = budgetKb - sizeKb;
    within &&= spareKb >= 0;
    const cells = [sizeKb, budgetKb, spareKb, sum(files, brotliKb)].map(inKb);
    line(part, ...cells, spareKb < 0 ? 'over' : '');
  }
  return within;
}

/** Every part that the build holds today, as sets of files. */
export function rowsOf(manifest: Manifest): readonly Row[] {
  const loadedWith = (file: string): readonly string[] => [
    ...reachable(manifest, [file], 'imports'),
  ];
  const holding = (module: string): string | undefined =>
    Object.keys(manifest).find((file) => manifest[file]?.modules.includes(module));

  const base = Object.keys(manifest).filter((file) => isBase(manifest[file]));
  const sdkFile = holding('sdk/connect.ts');
  const sdk = sdkFile ? loadedWith(sdkFile).filter((file) => !base.includes(file)) : [];
  const apart = new Set([...base, ...sdk]);
  const elements = Object.keys(manifest).filter(
    (file) =>
      /^jamz-.*\.js$/.test(file) &&
      manifest[file]?.modules.some((module) => module.startsWith('components/define/')),
  );

  const rows: Row[] = [
    { part: 'SDK, first load', files: sdk, budgetKb: 50 },
    { part: 'Lit, and shared by elements', files: base, budgetKb: baseKb },
    { part: 'CDN loader', files: ['jamz.js'], budgetKb: 2 },
  ];
  for (const file of elements.sort()) {
    const tag = tagOf(file);
    const files = loadedWith(file).filter((name) => !apart.has(name));
    rows.push({ part: `<${tag}>`, files, budgetKb: budgetsKb[tag] ?? otherElementKb });
  }
  if (elements.includes('jamz-player.js')) {
    const page = [...new Set(['jamz.js', ...loadedWith('jamz-player.js'), ...sdk])];
    rows.push({ part: 'a page with <jamz-player>', files: page, budgetKb: pageKb });
  }
  /** Whether whoever asks for the one file has the other by then, as a room has what its panels need too. */
  const isThere = (file: string, needed: string): boolean =>
    Object.keys(manifest)
      .filter((asking) => manifest[asking]?.dynamicImports.includes(file))
      .every((asking) => loadedWith(asking).includes(needed));
  const told = new Set([...apart, ...elements.flatMap(loadedWith)]);
  const later = (
    of: string,
    first: readonly string[],
    budgetOf: (about: string) => number,
  ): void => {
    for (const file of reachable(manifest, first, 'dynamicImports')) {
      if (told.has(file) || file.startsWith('words-')) continue;
      const about = subjectOf(file, manifest[file]);
      const files = loadedWith(file).filter((name) => !told.has(name) && !isThere(file, name));
      rows.push({ part: `${of}, later: ${about}`, files, budgetKb: budgetOf(about) });
      told.add(file);
    }
  };
  later('SDK', sdk, () => sdkLaterKb);
  for (const file of elements) {
    later(`<${tagOf(file)}>`, loadedWith(file), (about) => laterKb[about] ?? otherLaterKb);
  }
  for (const language of languages) {
    const files = Object.keys(manifest).filter((file) => file.startsWith(`words-${language}-`));
    rows.push({ part: `all that is said in ${language}`, files, budgetKb: languageKb });
  }
  return rows;
}

/** These files and all that they load, by one kind of import. */
function reachable(
  manifest: Manifest,
  first: readonly string[],
  by: 'imports' | 'dynamicImports',
): ReadonlySet<string> {
  const files = new Set(first);
  // A set that grows while it is walked.
  for (const file of files) for (const next of manifest[file]?.[by] ?? []) files.add(next);
  return files;
}

function tagOf(file: string): string {
  return file.slice(0, -'.js'.length);
}

function inKb(size: number): string {
  return `${size.toFixed(1)} kB`;
}

/** Of `components/shared` what few elements need, or what comes when a part is opened: it counts with those. */
const fewNeed =
  /^components\/shared\/(account-field|errand|upgrade-form|upgrade-words|verification|verification-words)\.ts$/;

/** A chunk of Lit's code and of `components/shared` alone: what every element needs of them, or what most need. */
function isBase(chunk: ChunkFacts | undefined): boolean {
  const modules = chunk?.modules ?? [];
  return (
    modules.length > 0 &&
    !modules.every((module) => fewNeed.test(module)) &&
    modules.every((module) =>
      /^(node_modules\/(lit|@lit\/|lit-)|components\/shared\/)/.test(module),
    )
  );
}

/** What a chunk is about: the last of our modules in it, which imports the others, or the vendor's name. */
function subjectOf(file: string, chunk: ChunkFacts | undefined): string {
  const modules = chunk?.modules ?? [];
  const ours = modules.findLast((module) => /^(sdk|components)\//.test(module));
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
