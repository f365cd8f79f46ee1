import type { KeyValue } from '../store/key-value.ts';

const key = 'device';

/**
 * The id under which this browser says where it is: the same over reloads, so that a page that comes back takes the
 * place of the one that was there, on everybody's map, and can say *off* for it.
 */
export async function deviceIdOf(preferences: KeyValue, newId: () => string): Promise<string> {
  const known = await preferences.get<string>(key).catch(() => undefined);
  if (typeof known === 'string') return known;
  const id = newId();
  await preferences.set(key, id).catch(() => {});
  return id;
}
