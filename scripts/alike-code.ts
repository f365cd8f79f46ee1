import { type List, type Piece, textOf } from './movable-code.ts';

/** Characters in a row that two pieces must share for it to count: gzip gains little by shorter ones. */
const sharedLength = 7;
/** What stands in so many pieces says nothing of any two of them. */
const commonIn = 40;
const mostAlike = 6;
/** So that the shortest pieces are not like everything. */
const leastSize = 200;

/**
 * For each piece of a list those that share most with it, the most alike first: where they stand side by side, gzip meets
 * what it has just seen. What few pieces share counts for more.
 */
export function alikeIn(list: List): ReadonlyMap<Piece, readonly Piece[]> {
  const stretches = new Map(list.pieces.map((piece) => [piece, stretchesOf(piece)]));
  const holders = new Map<string, Piece[]>();
  for (const [piece, texts] of stretches) {
    for (const text of texts) {
      const known = holders.get(text);
      if (known) known.push(piece);
      else holders.set(text, [piece]);
    }
  }
  return new Map(
    [...stretches].map(([piece, texts]) => {
      const shared = new Map<Piece, number>();
      for (const text of texts) {
        const all = holders.get(text) ?? [];
        if (all.length >= commonIn) continue;
        for (const other of all) shared.set(other, (shared.get(other) ?? 0) + 1 / all.length);
      }
      shared.delete(piece);
      const alike = [...shared].map(([other, weight]): readonly [Piece, number] => [
        other,
        weight / Math.sqrt((stretches.get(other)?.size ?? 0) + leastSize),
      ]);
      alike.sort(([, one], [, other]) => other - one);
      return [piece, alike.slice(0, mostAlike).map(([other]) => other)];
    }),
  );
}

function stretchesOf(piece: Piece): ReadonlySet<string> {
  const text = textOf({ pieces: [piece] });
  const stretches = new Set<string>();
  for (let at = 0; at + sharedLength <= text.length; at += 1) {
    stretches.add(text.slice(at, at + sharedLength));
  }
  return stretches;
}
