import { PositionLane } from '../../sdk/positions/lane.ts';
import { toRanges } from '../../sdk/protocol/codec.ts';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Fix, PushAnswer, PushMessage } from '../../sdk/protocol/wire.ts';
import { maxAttempts } from '../../sdk/sync/backoff.ts';
import type { Link } from '../../sdk/transport/link.ts';
import { DeviceClock } from '../world/device.ts';
import { type Mutant, replaced } from './mutant.ts';

type Ask = (event: string, payload: unknown, timeoutMs: number) => Promise<unknown>;

/** Bugs of how a phone talks with the server. */
export const linkMutants: readonly Mutant[] = [
  {
    name: 'attempts-spent-on-link-failures',
    bug: 'An attempt is spent when an op is sent, whether or not anybody answers.',
    phone: {
      engine({ replica }) {
        const own = replica.outbox.take.bind(replica.outbox);
        replica.outbox.take = (...asked) => {
          const batch = own(...asked);
          for (const pending of batch?.ops ?? []) {
            pending.attempts += 1;
            const failure = new JamzError('unavailable', 'It was tried five times.');
            if (pending.attempts > maxAttempts) replica.verdicts.refused(pending, failure);
          }
          return batch;
        };
      },
    },
  },
  {
    name: 'half-open-unnoticed',
    bug: 'A probe that nobody answers is waited for for ever.',
    phone: {
      link: asking((ask) => (event, payload, timeoutMs) => {
        const answer = ask(event, payload, timeoutMs);
        return event === 'time' ? answer.catch(() => new Promise(() => {})) : answer;
      }),
    },
  },
  {
    name: 'portal-believed',
    bug: 'What a captive portal answers is taken for the server’s time.',
    phone: {
      link: asking((ask) => (event, payload, timeoutMs) => {
        const answer = ask(event, payload, timeoutMs);
        return event === 'time'
          ? answer.catch(() => [1_700_000_000_000, 1_700_000_000_000])
          : answer;
      }),
    },
  },
  {
    name: 'acks-by-position',
    bug: 'The first so many ops of a push count as applied, whichever they were.',
    phone: {
      link: asking((ask) => async (event, payload, timeoutMs) => {
        const answer = await ask(event, payload, timeoutMs);
        if (event !== 'push') return answer;
        const { applied, refused, retry, ...rest } = answer as PushAnswer;
        const numbers = (payload as PushMessage).runs.flatMap(({ ops }) =>
          ops.map(([number]) => number),
        );
        const count = numbers.length - refused.length - retry.length;
        return {
          ...rest,
          applied: toRanges(numbers.slice(0, count)),
          refused: refused.map(([, code, text], index) => [
            numbers[count + index] ?? 0,
            code,
            text,
          ]),
          retry,
        };
      }),
    },
  },
  {
    name: 'lost-retry-after-renewal',
    bug: 'A link whose token expired is never opened again.',
    phone: { token: (ask, reason) => (reason === 'expired' ? new Promise(() => {}) : ask()) },
  },
  {
    name: 'breaker-never-probes',
    bug: 'Once open, the circuit breaker forgets its timer.',
    begin: () =>
      replaced(
        DeviceClock.prototype,
        'scheduler',
        (own) =>
          function (this: DeviceClock, lifetime, screen, random) {
            const scheduler = own.call(this, lifetime, screen, random);
            return {
              ...scheduler,
              after: (delayMs, run) =>
                delayMs > 22_400 && delayMs <= 30_000 ? () => {} : scheduler.after(delayMs, run),
            };
          },
      ),
  },
  {
    name: 'off-carries-the-place',
    bug: 'The word that sharing is off still says where.',
    phone: {
      engine(engine) {
        const own = engine.report.bind(engine);
        let last: Fix | null = null;
        engine.report = (report) => {
          last = report.fix ?? last;
          own({ ...report, fix: last });
        };
      },
    },
  },
  {
    name: 'off-said-once',
    bug: 'What is said of sharing without a link is forgotten.',
    favours: ['reload-in-tunnel', 'captive'],
    phone: {
      engine(engine, phone) {
        const own = engine.report.bind(engine);
        engine.report = (report) => {
          if (phone.run?.link?.isOpen) own(report);
        };
      },
    },
  },
  {
    name: 'old-places-kept',
    bug: 'Whom the server no longer shows stays on the map after a reconnect.',
    begin: () =>
      replaced(
        PositionLane.prototype,
        'take',
        (own) =>
          function (this: PositionLane, { scope, entries }) {
            own.call(this, { scope, entries });
          },
      ),
  },
];

function asking(change: (ask: Ask) => Ask): (link: Link) => Link {
  return (link) => {
    const ask = change((event, payload, timeoutMs) => link.request(event, payload, timeoutMs));
    return {
      close: () => link.close(),
      request: <T>(event: string, payload: unknown, timeoutMs: number) =>
        ask(event, payload, timeoutMs) as Promise<T>,
    };
  };
}
