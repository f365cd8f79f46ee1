import { waitUntil } from '../map/map-fixture.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { crew } from '../shared/testing/people.ts';
import type { JamzTrip } from './jamz-trip.ts';
import { harbourTrip } from './trip-fixture.ts';

let sites = 0;

/** A connection whose group has driven {@link harbourTrip}. Each is to a site of its own: what one has loaded is not another's. */
export function tripClient(): FakeJamz {
  const jamz = new FakeJamz(`pk_trip_${sites++}`);
  const group = jamz.group('crew');
  group.members$.next(crew);
  group.trips.answer = harbourTrip;
  jamz.trips.answer = harbourTrip;
  return jamz;
}

/** Once it has its trip, and the ground on which it stands; or says why not. */
export async function shown(element: JamzTrip): Promise<JamzTrip> {
  await waitUntil(
    () => element.shadowRoot?.querySelector('.scale, .notice'),
    'the trip, or why there is none',
  );
  await element.updateComplete;
  return element;
}

/** By keyboard on its time line. */
export async function seek(element: JamzTrip, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    find(element, '.line').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }
  await element.updateComplete;
  await element.updateComplete;
}

export function all(element: JamzTrip, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function find(element: JamzTrip, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`<jamz-trip> has no ${selector}`);
  return found;
}

/** What it says, in one line. */
export function words(element: Element): string {
  const { textContent } = element.shadowRoot ?? element;
  return (textContent ?? '').replace(/\s+/gu, ' ').trim();
}
