const key = 'playground group';

/** The name of this visitor's own demo group, made once and kept. */
export function demoPlace(memory: Storage): string {
  const known = memory.getItem(key);
  if (known) return known;
  // Not every page is served over https.
  const place = `demo-${crypto.randomUUID?.() ?? String(Math.random()).slice(2)}`;
  memory.setItem(key, place);
  return place;
}
