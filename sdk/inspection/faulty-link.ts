import { JamzError } from '../protocol/errors.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import type { Link, LinkEvents, LinkOptions, OpenLink } from '../transport/link.ts';
import type { Faults } from './inspection.ts';

export const noFaults: Faults = {
  offline: false,
  latencyMs: 0,
  loss: 0,
  silence: false,
  serverError: false,
  tokenExpired: false,
  captivePortal: false,
  clockShiftMs: 0,
};

/** Links that fail as they are told to, whatever the network does. */
export function faultyLinks(
  openLink: OpenLink,
  faults: () => Faults,
  scheduler: Pick<Scheduler, 'after' | 'random'>,
): OpenLink {
  const later = (run: () => void): void => {
    const { latencyMs } = faults();
    if (latencyMs > 0) scheduler.after(latencyMs, run);
    else run();
  };
  return (options: LinkOptions, events: LinkEvents): Link => {
    let open = true;
    const refused = refusalOf(faults());
    if (refused) {
      scheduler.after(0, () => {
        if (open) events.closed(refused);
      });
      return {
        request: () => Promise.reject(refused.error),
        close() {
          open = false;
        },
      };
    }
    const link = openLink(options, {
      opened: () => later(() => open && events.opened()),
      closed: (failure) => open && events.closed(failure),
      message: (event, payload) => {
        if (faults().silence) return;
        later(() => open && events.message(event, payload));
      },
    });
    return {
      request: <T>(event: string, payload: unknown, timeoutMs: number): Promise<T> =>
        new Promise<T>((resolve, reject) => {
          const now = faults();
          const refusal = refusalOf(now);
          if (refusal) return later(() => reject(refusal.error));
          if (now.silence || scheduler.random() < now.loss) {
            scheduler.after(timeoutMs, () =>
              reject(unavailable('The server did not answer in time.')),
            );
            return;
          }
          later(() => {
            link.request<T>(event, payload, timeoutMs).then(
              (answer) => later(() => resolve(answer)),
              (error: unknown) => later(() => reject(error)),
            );
          });
        }),
      close() {
        open = false;
        link.close();
      },
    };
  };
}

function refusalOf(faults: Faults): Parameters<LinkEvents['closed']>[0] | undefined {
  if (faults.captivePortal) {
    return { kind: 'link', error: unavailable('The answer did not come from this server.') };
  }
  if (faults.serverError) {
    const error = new JamzError('internal', 'The server has a problem of its own.');
    return { kind: 'server', error };
  }
  if (faults.tokenExpired) {
    return { kind: 'server', error: new JamzError('token-expired', 'The token has expired.') };
  }
  return undefined;
}

function unavailable(message: string): JamzError {
  return new JamzError('unavailable', message);
}
