import type { Fix, SharingMode } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';

/** A fix that was shared while nobody could hear it. */
export interface KeptFix extends Fix {
  readonly mode: Exclude<SharingMode, 'off'>;
}

/** As it is kept and sent: time, latitude, longitude, accuracy, heading and speed (-1: unknown), 1 for coarse. */
export type FixRow = readonly [
  atMs: number,
  lat: number,
  lng: number,
  accuracyM: number,
  headingDeg: number,
  speedMps: number,
  coarse: number,
];

/** Fixes of one page: what is written, read and sent at once; ten minutes at one a second. */
export const fixesPerPage = 600;
/** Ten hours at one a second; the oldest page makes room for the newest. */
export const maxKeptFixes = 36_000;
/** Pages may be half full, where a network came and went. */
const maxPages = 600;
/** So many may be lost with a page that dies. */
const writtenEvery = 30;

/**
 * A ring of fixes on the device, in pages. The storage that it is given encrypts them; where nothing can be encrypted
 * they live in memory. Calls take effect in their order.
 */
export class KeptFixes {
  readonly #storage: KeyValue;
  readonly #prefix: string;
  /** What is written, oldest first: a page's number, and how many fixes it holds. */
  #pages: (readonly [number: number, count: number])[] = [];
  /** The number of the page that is being filled. */
  #next = 0;
  #open: FixRow[] = [];
  #unwritten = 0;
  #lastMs = Number.NEGATIVE_INFINITY;
  #queue: Promise<unknown>;

  /** @param name whose fixes of which group these are */
  constructor(storage: KeyValue, name: string) {
    this.#storage = storage;
    this.#prefix = `fixes:${name}:`;
    this.#queue = this.#find();
  }

  /** Keeps a fix; one that is not newer than the last changes nothing. */
  add(fix: KeptFix): void {
    if (fix.atMs <= this.#lastMs) return;
    this.#lastMs = fix.atMs;
    this.#open.push(rowOf(fix));
    this.#unwritten += 1;
    if (this.#unwritten < writtenEvery && this.#open.length < fixesPerPage) return;
    this.#unwritten = 0;
    const rows = this.#open;
    const isFull = rows.length >= fixesPerPage;
    if (isFull) this.#open = [];
    void this.#then(() => this.#write(rows.slice(), isFull));
  }

  /** The newest fixes, oldest first, with what takes them away; undefined where there are none. */
  async newest(): Promise<{ readonly rows: readonly FixRow[]; drop(): Promise<void> } | undefined> {
    const rows = this.#open;
    if (rows.length > 0) {
      // What comes from now on is a page of its own.
      this.#open = [];
      this.#unwritten = 0;
      void this.#then(() => this.#write(rows.slice(), true));
    }
    return this.#then(async () => {
      const number = this.#pages.at(-1)?.[0];
      if (number === undefined) return undefined;
      const kept = (await this.#storage.get<readonly FixRow[]>(this.#prefix + number)) ?? [];
      return { rows: kept, drop: () => this.#then(() => this.#remove(number)) };
    });
  }

  /** Makes all that is kept coarser, or drops it where the change gives nothing. */
  async change(change: (fix: KeptFix) => KeptFix | undefined): Promise<void> {
    this.#open = this.#open.flatMap((row) => changed(row, change));
    await this.#then(async () => {
      for (const [number] of this.#pages) {
        const key = this.#prefix + number;
        const rows = (await this.#storage.get<readonly FixRow[]>(key)) ?? [];
        await this.#storage.set(
          key,
          rows.flatMap((row) => changed(row, change)),
        );
      }
    });
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    this.#open = [];
    this.#unwritten = 0;
    await this.#then(async () => {
      for (const [number] of [...this.#pages]) await this.#remove(number);
    });
  }

  async #find(): Promise<void> {
    const keys = await this.#storage.keys();
    this.#pages = keys
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => Number(key.slice(this.#prefix.length)))
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b)
      .map((number) => [number, fixesPerPage] as const);
    // What an earlier page left half full stays as it is.
    this.#next = (this.#pages.at(-1)?.[0] ?? -1) + 1;
  }

  async #write(rows: readonly FixRow[], isFull: boolean): Promise<void> {
    const number = this.#next;
    await this.#storage.set(this.#prefix + number, rows);
    this.#pages = [...this.#pages.filter(([one]) => one !== number), [number, rows.length]];
    if (isFull) this.#next += 1;
    for (let [oldest] = this.#pages; oldest && this.#isOverfull(); [oldest] = this.#pages) {
      await this.#remove(oldest[0]);
    }
  }

  #isOverfull(): boolean {
    const fixes = this.#pages.reduce((sum, [, count]) => sum + count, 0);
    return fixes > maxKeptFixes || this.#pages.length > maxPages;
  }

  async #remove(number: number): Promise<void> {
    this.#pages = this.#pages.filter(([one]) => one !== number);
    // A page that is being filled, too: what is added to it is written under another number.
    if (number === this.#next) this.#next += 1;
    await this.#storage.remove(this.#prefix + number);
  }

  #then<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(run, run);
    // A device that has no room keeps no trail: that is told by what is missing, and stops nothing.
    this.#queue = done.catch(() => {});
    return done;
  }
}

export function rowOf({ atMs, lat, lng, accuracyM, headingDeg, speedMps, mode }: KeptFix): FixRow {
  const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
  return [
    ...([Math.round(atMs), rounded(lat, 6), rounded(lng, 6), rounded(accuracyM, 1)] as const),
    ...([rounded(headingDeg ?? -1, 1), rounded(speedMps ?? -1, 2)] as const),
    mode === 'coarse' ? 1 : 0,
  ];
}

export function fixOfRow([
  atMs,
  lat,
  lng,
  accuracyM,
  headingDeg,
  speedMps,
  coarse,
]: FixRow): KeptFix {
  return {
    ...{ atMs, lat, lng, accuracyM, mode: coarse === 1 ? 'coarse' : 'precise' },
    ...(headingDeg < 0 ? {} : { headingDeg }),
    ...(speedMps < 0 ? {} : { speedMps }),
  };
}

function changed(row: FixRow, change: (fix: KeptFix) => KeptFix | undefined): FixRow[] {
  const fix = change(fixOfRow(row));
  return fix ? [rowOf(fix)] : [];
}
