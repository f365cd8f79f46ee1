/** Tag of the Background Sync that sends what waits. */
export const drainTag = 'jamz-drain';
/** Tag of the Periodic Background Sync that refreshes what is kept. */
export const refreshTag = 'jamz-refresh';
export const refreshEveryMs: number = 24 * 3_600_000;

/** A page asks whether TrafficJamz is in this worker; a port comes with it for the answer. */
export const join: { readonly jamz: string } = { jamz: 'join' };
export const here: { readonly jamz: string } = { jamz: 'here' };

export function isJoin(data: unknown): boolean {
  return says(data, join.jamz);
}

export function isHere(data: unknown): boolean {
  return says(data, here.jamz);
}

function says(data: unknown, word: string): boolean {
  return typeof data === 'object' && data !== null && 'jamz' in data && data.jamz === word;
}
