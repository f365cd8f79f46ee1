const pool = new Uint32Array(256);
let next = pool.length;

/**
 * 0 ≤ x < 1 from the platform's best source, drawn in pools: ids name replicas and items over all devices, and a
 * call to the platform for each letter would cost more than the op it names.
 */
export function secureRandom(): number {
  if (next === pool.length) {
    crypto.getRandomValues(pool);
    next = 0;
  }
  const word = pool[next] ?? 0;
  next += 1;
  return word / 2 ** 32;
}
