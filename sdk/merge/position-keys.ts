/**
 * Position keys sort as text. A key is a whole number, which appends raise by one, followed by as many blocks of
 * four base-36 digits as it took to stand between two keys. Inserting 10,000 times at one spot, each behind or each
 * before the last, stays within one block; zigzag inserts use a block up every six, and {@link maxKeyChars} tells
 * when to write all keys anew.
 *
 * Whole numbers carry their own length (`a0` … `az`, `b10` … `bzz`, `c100` …; below nought `Z…`, `Y…`), so that text
 * order is numeric order. No key ends in a block of zeros, so there is always room before it.
 */
export function keyBetween(left: string | undefined, right: string | undefined): string {
  if (left === undefined) {
    return right === undefined ? wholeText(0) : wholeText(wholeOf(right) - 1);
  }
  if (right === undefined) return wholeText(wholeOf(left) + 1);
  const from = [wholeOf(left), ...blocksOf(left)];
  const to = [wholeOf(right), ...blocksOf(right)];
  return textOf(between(from, to));
}

/** One key after the other, each behind the last and all before `right`, as {@link keyBetween} makes them. */
export function keysFrom(left: string | undefined, right: string | undefined): () => string {
  if (right === undefined) {
    let whole = left === undefined ? -1 : wholeOf(left);
    return () => wholeText(++whole);
  }
  let last = left;
  return () => {
    last = keyBetween(last, right);
    return last;
  };
}

/** Keys longer than this are a sign to hand out all keys anew: {@link keyBetween} from the start, one by one. */
export const maxKeyChars = 48;

const blockChars = 4;
const blockEnd = 36 ** blockChars;
const blockMiddle = blockEnd / 2;
/** Room left between neighbours, for who comes between them later. */
const step = 64;

/** @param from lower than `to`; both as a whole number and blocks */
function between(from: readonly number[], to: readonly number[]): readonly number[] {
  let at = 0;
  while (at < from.length && from[at] === to[at]) at++;
  const low = from[at];
  const high = to[at] ?? 0;
  if (low === undefined) return belowBlocks(from, to.slice(at));
  const gap = high - low;
  if (gap >= 2) return [...from.slice(0, at), low + (gap >>> 1)];
  return [...from.slice(0, at + 1), ...aboveBlocks(from.slice(at + 1))];
}

/** `prefix` and blocks above nothing but below `limit`. */
function belowBlocks(prefix: readonly number[], limit: readonly number[]): readonly number[] {
  const [high = blockEnd, ...rest] = limit;
  if (high >= 2) return [...prefix, high - Math.min(step, high >>> 1)];
  if (high === 1) return [...prefix, 0, blockMiddle];
  return belowBlocks([...prefix, 0], rest);
}

/** Blocks above `floor`, with nothing over them. */
function aboveBlocks(floor: readonly number[]): readonly number[] {
  const [low, ...rest] = floor;
  if (low === undefined) return [blockMiddle];
  const room = blockEnd - 1 - low;
  if (room >= 1) return [low + Math.min(step, Math.ceil(room / 2))];
  return [low, ...aboveBlocks(rest)];
}

function textOf(parts: readonly number[]): string {
  const [whole = 0, ...blocks] = parts;
  let text = wholeText(whole);
  for (const block of blocks) text += block.toString(36).padStart(blockChars, '0');
  return text;
}

function wholeText(whole: number): string {
  if (whole >= 0) {
    const digits = whole.toString(36);
    return String.fromCharCode(96 + digits.length) + digits;
  }
  const length = (-whole - 1).toString(36).length;
  const digits = (36 ** length + whole).toString(36).padStart(length, '0');
  return String.fromCharCode(91 - length) + digits;
}

function wholeOf(key: string): number {
  const length = wholeChars(key);
  const digits = Number.parseInt(key.slice(1, 1 + length), 36);
  return key < 'a' ? digits - 36 ** length : digits;
}

function blocksOf(key: string): number[] {
  const blocks: number[] = [];
  for (let at = 1 + wholeChars(key); at < key.length; at += blockChars) {
    blocks.push(Number.parseInt(key.slice(at, at + blockChars), 36));
  }
  return blocks;
}

/** How many digits the whole number has: its letter says. */
function wholeChars(key: string): number {
  const letter = key.charCodeAt(0);
  return letter >= 97 ? letter - 96 : 91 - letter;
}
