import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import MagicString, { Bundle } from 'magic-string';
import type { Plugin } from 'rollup';
import { parseAst } from 'rollup/parseAst';
import { alikeIn } from './alike-code.ts';
import { type List, leavesOf, type Piece, readLists, textOf } from './movable-code.ts';
import { keyOf, type OrderMemory, orderMemory } from './order-memory.ts';

/** Each costs three milliseconds for the longest file; the last thousand win forty bytes there. */
const tries = 10_000;
/** Of gzip: what helps here helps at the highest one, which takes half as long again. */
const triedLevel = 6;
const longestBlock = 12;
/** How often it is the module's own list that is tried: its pieces are the largest, and may go furthest. */
const shareOfProgram = 0.7;
/** How often a piece goes to one that is like it, and not just anywhere. */
const shareOfAlike = 0.9;

/**
 * A rollup plugin for minified files: puts functions, classes and methods into an order in which gzip meets more of what
 * it has seen. The order is found by trying, and is the same for the same code. Nothing that a program does depends on
 * it: functions are there before the first line runs, classes stay before that line, and methods come with their class.
 *
 * @param names of the chunks that are worth the time
 */
export function smallOrder(names: readonly string[]): Plugin {
  return {
    name: 'small-order',
    renderChunk(code, { name }) {
      if (!names.includes(name)) return null;
      const ordered = inSmallOrder(code, tries, orderMemory);
      return { code: ordered.toString(), map: ordered.generateMap({ hires: true }) };
    },
  };
}

/**
 * The same program with its parts in an order that suits gzip.
 *
 * @param memory spares the search where it has been made
 */
export function inSmallOrder(code: string, count: number = tries, memory?: OrderMemory): Bundle {
  const { program, lists } = readLists(parseAst(code), code);
  program.pieces = [
    ...program.pieces.filter(({ kind }) => kind === 'class'),
    ...program.pieces.filter(({ kind }) => kind === 'function'),
    ...program.pieces.filter(({ kind }) => kind === 'rest'),
  ];
  const before = lists.map(({ pieces }) => pieces);
  const key = memory ? keyOf(code, count, own, process.versions.zlib) : '';
  const known = memory?.recall(key);
  if (known) {
    lists.forEach((list, place) => {
      list.pieces = (known[place] ?? []).flatMap((at) => before[place]?.[at] ?? []);
    });
  } else {
    search(program, lists, count);
    memory?.keep(
      key,
      lists.map(({ pieces }, place) => pieces.map((piece) => before[place]?.indexOf(piece) ?? -1)),
    );
  }
  return rearranged(code, program);
}

/** Another search may find another order. */
const own = [import.meta.filename, resolve(import.meta.dirname, 'alike-code.ts')]
  .map((path) => readFileSync(path, 'utf8'))
  .join('');

/** Moves some neighbours of one list somewhere else in it, and keeps that where it helps. */
function search(program: List, lists: readonly List[], count: number): void {
  const random = seeded();
  const below = (limit: number): number => Math.floor(random() * limit);
  const alike = alikeIn(program);
  let best = packedBytes(program);
  // The longer a list, the more there is to try: each stands here once for each of its pieces.
  const wheel = lists
    .filter(({ pieces }) => pieces.length > 1)
    .flatMap((list) => list.pieces.map(() => list));
  for (let trial = 0; trial < count; trial += 1) {
    const list = random() < shareOfProgram ? program : wheel[below(wheel.length)];
    if (!list) return;
    const before = list.pieces;
    const pieces = [...before];
    const length = 1 + Math.floor(random() * random() * Math.min(longestBlock, pieces.length - 1));
    const block = pieces.splice(below(pieces.length), length);
    const near = (block[0] && random() < shareOfAlike && alike.get(block[0])) || [];
    const beside = near.length > 0 ? pieces.indexOf(near[below(near.length)] as Piece) : -1;
    // Before that one or behind it, or near them, where others like it may stand.
    const to = beside < 0 ? below(pieces.length + 1) : Math.max(0, beside - 2 + below(5));
    pieces.splice(to, 0, ...block);
    if (!isSound(pieces)) continue;
    list.pieces = pieces;
    const bytes = packedBytes(program);
    if (bytes <= best) best = bytes;
    else list.pieces = before;
  }
}

/** The rest as it was written, and no class behind what may need it. */
function isSound(pieces: readonly Piece[]): boolean {
  let last = -1;
  for (const { kind, start } of pieces) {
    if (kind === 'class' && last >= 0) return false;
    if (kind !== 'rest') continue;
    if (start < last) return false;
    last = start;
  }
  return true;
}

function packedBytes(program: List): number {
  return deflateRawSync(textOf(program), { level: triedLevel }).length;
}

function rearranged(code: string, program: List): Bundle {
  const bundle = new Bundle({ separator: '' });
  const whole = new MagicString(code, { filename: 'code' });
  for (const { start, end, text } of leavesOf(program)) {
    if (start === end) bundle.append(text);
    else bundle.addSource({ content: whole.snip(start, end).append(text.slice(end - start)) });
  }
  return bundle;
}

/** Numbers from 0 to 1 that are the same each time, so that a build is. */
function seeded(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
