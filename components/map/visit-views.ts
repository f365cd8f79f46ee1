import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Group } from '../../sdk/index.ts';
import { tell } from '../shared/events.ts';
import { wordsFor } from '../shared/words.ts';
import { pinIcon } from './icons.ts';
import type { PersonOnMap } from './people.ts';
import { mapVisitWords } from './visit-words.ts';
import { ageText, mapWords } from './words.ts';

/** What is shown of arrivals and departures. Loaded with the first that somebody tells of. */
export interface VisitViews {
  /** Looks who is where; asked before each render. */
  look(people: readonly PersonOnMap[]): void;
  /** In the list, beside whether somebody is live. */
  note(person: PersonOnMap): TemplateResult | typeof nothing;
  /** Over the map, for a moment. */
  news(): TemplateResult | typeof nothing;
}

/** What is longer ago is no news to somebody who opens the page. */
const freshMs = 5 * 60_000;
const shownForMs = 10_000;

export function openVisits(element: LitElement, group: () => Group | undefined): VisitViews {
  const known = new Map<string, number>();
  let latest: { readonly text: string; readonly atMs: number } | undefined;
  const nowMs = (): number => group()?.jamz.serverNow() ?? 0;
  const placeOf = ({ position: { visit } }: PersonOnMap) =>
    visit && group()?.places$.value.find(({ placeId }) => placeId === visit.placeId);

  const notice = (person: PersonOnMap): void => {
    const { visit } = person.position;
    const place = placeOf(person);
    if (!visit || !place || known.get(person.id) === visit.atMs) return;
    known.set(person.id, visit.atMs);
    const heardMs = nowMs();
    if (heardMs - visit.atMs > freshMs) return;
    const { kind, atMs, placeId } = visit;
    tell(element, 'jamz-visit', { memberId: person.id, placeId, kind, atMs });
    if (person.me) return;
    const { hasArrived, hasLeft } = wordsFor(element, mapVisitWords);
    const say = kind === 'arrived' ? hasArrived : hasLeft;
    latest = { text: say(person.name, place.name), atMs: heardMs };
  };

  return {
    look: (people) => people.forEach(notice),
    note(person) {
      const { visit } = person.position;
      const place = placeOf(person);
      if (!visit || !place) return nothing;
      const words = wordsFor(element, mapVisitWords);
      const age = ageText(Math.max(0, nowMs() - visit.atMs), wordsFor(element, mapWords));
      return html` · ${visit.kind === 'arrived' ? words.at(place.name) : words.left(place.name, age)}`;
    },
    news() {
      if (!latest || nowMs() - latest.atMs > shownForMs) return nothing;
      return html`<div class="pill news" role="status">${pinIcon()}<span>${latest.text}</span></div>`;
    },
  };
}
