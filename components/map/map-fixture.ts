import type { MemberPosition } from '../../sdk/index.ts';
import type { JamzMap } from './jamz-map.ts';

export const nowMs = 1_700_000_000_000;

const patienceMs = 8_000;

/** Frames come late on a busy machine. @throws {Error} after eight seconds */
export async function waitUntil(is: () => unknown, what = 'what was waited for'): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  while (!is()) {
    if (performance.now() > untilMs) throw new Error(`Not within ${patienceMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Somebody's position, as of so long ago. */
export function at(
  memberId: string,
  patch: Partial<MemberPosition> & { ageMs?: number; lat?: number; lng?: number } = {},
): MemberPosition {
  const { ageMs = 0, lat = 43.7384, lng = 7.4246, ...rest } = patch;
  return {
    memberId,
    deviceId: `${memberId}-phone`,
    name: memberId === 'ana' ? 'Ana Novak' : 'Bo Lind',
    me: memberId === 'ana',
    mode: 'precise',
    fix: { lat, lng, accuracyM: 10, headingDeg: 90, speedMps: 0, atMs: nowMs - ageMs },
    ...rest,
  };
}

/** A device that answers when the test says so. */
export class FakeGeolocation implements Geolocation {
  watching = 0;
  answer: PositionCallback | undefined;
  refuse: PositionErrorCallback | null | undefined;
  watchPosition(answer: PositionCallback, refuse?: PositionErrorCallback | null): number {
    this.answer = answer;
    this.refuse = refuse;
    this.watching += 1;
    return 7;
  }
  clearWatch(): void {
    this.watching -= 1;
  }
  getCurrentPosition(): void {}
}

export function all(element: JamzMap, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function text(element: JamzMap, selector: string): string {
  return all(element, selector)
    .map((found) => found.textContent?.replace(/\s+/gu, ' ').trim())
    .join(' | ');
}

export function press(element: JamzMap, label: string): void {
  all(element, 'button')
    .find((button) => (button.getAttribute('aria-label') ?? button.textContent)?.includes(label))
    ?.click();
}
