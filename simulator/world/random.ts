/** Numbers that look random and follow from a seed alone (sfc32, Doty-Humphrey's PractRand). */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, 0 ≤ x < `ceiling`. */
  below(ceiling: number): number;
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  /** @throws {RangeError} for an empty list */
  pick<T>(list: readonly T[]): T;
  /** A stream of its own: what is drawn from it moves nothing in the others. */
  fork(name: string): Random;
}

/** @param seed any text; equal seeds give equal streams */
export function seeded(seed: string): Random {
  let [a, b, c, d] = hashed(seed);
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return {
    next,
    below: (ceiling) => Math.floor(next() * ceiling),
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick(list) {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new RangeError('Nothing to pick from.');
      return picked;
    },
    fork: (name) => seeded(`${seed}/${name}`),
  };
}

/** Four 32-bit words of a text (FNV-1a, four offsets). */
function hashed(text: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x811c9dc5, 0x41c6ce57, 0x9e3779b9, 1];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    words[0] = Math.imul(words[0] ^ unit, 0x01000193);
    words[1] = Math.imul(words[1] ^ unit, 0x5f356495);
    words[2] = Math.imul(words[2] ^ unit, 0x85ebca6b);
  }
  return words;
}
