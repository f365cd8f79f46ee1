const key = 'playground group';

/** The name of this visitor's own demo group, made once and kept. */
export function demoPlace(memory: Storage, randomId: () => string): string {
  const known = memory.getItem(key);
  if (known) return known;
  const place = `demo-${randomId()}`;
  memory.setItem(key, place);
  return place;
}
