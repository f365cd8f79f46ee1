import { type LitElement, nothing, type TemplateResult } from 'lit';
import type { Group } from '../../sdk/index.ts';
import type { PersonOnMap } from './people.ts';
import type { VisitViews } from './visit-views.ts';

/** Arrivals and departures, whose code comes with the first that somebody tells of. */
export class LateVisits {
  readonly #host: LitElement;
  readonly #group: () => Group | undefined;
  #views: VisitViews | undefined;
  #isAsked = false;

  constructor(host: LitElement, group: () => Group | undefined) {
    this.#host = host;
    this.#group = group;
  }

  look(people: readonly PersonOnMap[]): void {
    this.#views?.look(people);
    if (this.#isAsked || !people.some(({ position }) => position.visit)) return;
    this.#isAsked = true;
    import('./visit-views.ts').then(
      ({ openVisits }) => {
        this.#views = openVisits(this.#host, this.#group);
        this.#host.requestUpdate();
      },
      () => {
        // In a dead spot: the next look asks again.
        this.#isAsked = false;
      },
    );
  }

  readonly note = (person: PersonOnMap): TemplateResult | typeof nothing =>
    this.#views?.note(person) ?? nothing;

  news(): TemplateResult | typeof nothing {
    return this.#views?.news() ?? nothing;
  }
}
