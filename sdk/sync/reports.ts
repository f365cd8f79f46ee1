import { JamzError } from '../protocol/errors.ts';
import type { LiveReport } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import type { Scheduler } from './scheduler.ts';

const answerTimeoutMs = 20_000;
const againMs = 5_000;

/**
 * Tells the server the newest word of each device in each scope, and again on the next link until it was heard: an
 * *off* that got lost would leave the last fix on everybody's map.
 */
export class Reports {
  readonly #after: Scheduler['after'];
  /** Not heard yet; a newer word takes the place of an older one. */
  readonly #unheard = new Map<string, LiveReport>();
  #link: Link | undefined;

  constructor(after: Scheduler['after']) {
    this.#after = after;
  }

  use(link: Link | undefined): void {
    this.#link = link;
    for (const [key, report] of this.#unheard) this.#send(key, report);
  }

  tell(report: LiveReport): void {
    const key = `${report.scope} ${report.deviceId}`;
    this.#unheard.set(key, report);
    this.#send(key, report);
  }

  #send(key: string, report: LiveReport): void {
    const link = this.#link;
    if (!link) return;
    link.request('live', report, answerTimeoutMs).then(
      () => this.#heard(key, report),
      (error: unknown) => {
        if (!mayPassLater(error)) this.#heard(key, report);
        else this.#after(againMs, () => this.#again(key, report, link));
      },
    );
  }

  #again(key: string, report: LiveReport, link: Link): void {
    if (this.#link === link && this.#unheard.get(key) === report) this.#send(key, report);
  }

  #heard(key: string, report: LiveReport): void {
    if (this.#unheard.get(key) === report) this.#unheard.delete(key);
  }
}

/** What says something of the report itself. Anything else, as an expired token, is of the moment or the link. */
const final: ReadonlySet<JamzError['code']> = new Set([
  'clock-ahead',
  'forbidden',
  'gone',
  'invalid',
  'not-found',
  'quota-exceeded',
  'removed',
]);

function mayPassLater(error: unknown): boolean {
  return error instanceof JamzError && !final.has(error.code);
}
