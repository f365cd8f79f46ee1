import type { Trip, TripLink } from '../../../sdk/index.ts';

interface LinkWish {
  readonly from: number;
  readonly until: number;
  readonly title?: string;
  readonly expiresAt?: number;
}

/** What the server says of past drives and of links to some; `calls` is the group's or the connection's own. */
export class FakeTrips {
  /** What every question for a trip is answered with; without one, `failure` is thrown. */
  answer: Trip | undefined;
  failure: Error = Object.assign(new Error('There is no trip.'), { code: 'not-found' });
  /** A trip that is asked for and not yet there. */
  pending: Promise<void> | undefined;
  links: readonly TripLink[] = [];
  readonly #calls: string[];

  constructor(calls: string[]) {
    this.#calls = calls;
  }

  async trip(asked: string): Promise<Trip> {
    this.#calls.push(`trip ${asked}`);
    await this.pending;
    if (!this.answer) throw this.failure;
    return this.answer;
  }

  async tripLinks(): Promise<readonly TripLink[]> {
    this.#calls.push('tripLinks');
    return this.links;
  }

  async shareTrip(wish: LinkWish): Promise<TripLink> {
    this.#calls.push(`shareTrip ${wish.title}`);
    const link: TripLink = {
      id: `link-${this.links.length + 1}`,
      title: wish.title ?? 'Crew',
      fromMs: wish.from,
      untilMs: wish.until,
      url: `https://jamz.example/trip?code=${this.links.length + 1}`,
      expiresAtMs: wish.expiresAt ?? wish.until,
      sharedBy: 'ana',
      consents: [
        { userId: 'ana', answer: 'yes' },
        { userId: 'bo', answer: 'none yet' },
      ],
    };
    this.links = [link, ...this.links];
    return link;
  }

  async answerTrip(id: string, answer: 'yes' | 'no'): Promise<void> {
    this.#calls.push(`answerTrip ${id} ${answer}`);
    this.links = this.links.map((link) => ({
      ...link,
      consents: link.consents.map((one) =>
        link.id === id && one.userId === 'ana' ? { ...one, answer } : one,
      ),
    }));
  }

  async endTripLink(id: string): Promise<void> {
    this.#calls.push(`endTripLink ${id}`);
    this.links = this.links.filter((link) => link.id !== id);
  }
}
