import { JamzError } from '../protocol/errors.ts';
import type { Journal } from './journal.ts';

const missing =
  'The part of this page that keeps what you do did not arrive. Reload the page when there is a network; until then what waits is lost when it closes.';

/** A journal whose code is still to come: everything waits for it. @param bring fetches the code; asked again after it failed */
export function lateJournal(bring: () => Promise<Journal>): Journal {
  let coming: Promise<Journal> | undefined;
  const arrived = (): Promise<Journal> => {
    coming ??= bring().catch((cause: unknown) => {
      coming = undefined;
      throw new JamzError('unavailable', missing, { cause });
    });
    return coming;
  };
  return {
    kind: 'disk',
    load: async () => (await arrived()).load(),
    write: async (change, term) => (await arrived()).write(change, term),
    acked: async (...which) => (await arrived()).acked(...which),
    lead: async () => (await arrived()).lead(),
    async close() {
      await coming?.then(
        (journal) => journal.close(),
        () => {},
      );
    },
  };
}
