import { JamzError } from '../protocol/errors.ts';
import type { Replica } from '../sync/replica.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { type Naming, opsNamingUploads, withFile } from './held-ops.ts';
import type { KeptUpload } from './kept-upload.ts';
import type { UploadRecord } from './upload-records.ts';
import { errorOf } from './upload-tabs.ts';

/** What becomes of ops that name uploads. */
export interface OpsOfUploads {
  /** Looks again at everything; one look at a time. */
  settle(): void;
  /** An upload is there that was not: what was set aside because of it is tried again. */
  found(id: string): void;
}

export interface OpsOfUploadsDeps {
  /** Of the tab that leads; undefined in any other. */
  readonly leading: () => Replica | undefined;
  /** In whichever tab: what was set aside. */
  readonly replica: () => Replica | undefined;
  readonly retry: (opId: string) => void;
  readonly scheduler: Scheduler;
  readonly uploads: () => {
    readonly uploads: Iterable<KeptUpload>;
    get(id: string): KeptUpload | undefined;
    find(id: string): Promise<boolean>;
    change(upload: KeptUpload, patch: Partial<UploadRecord>): Promise<void>;
    forget(upload: KeptUpload): Promise<void>;
  };
}

/** Another tab that has the file may be slow to say so, or still wait for its code. */
const graceMs = 10_000;
const none: Naming = { waiting: [], setAside: [] };

/**
 * Lets ops go whose upload is over: with the file's id where the server has it, set aside where it will not. Whatever is
 * interrupted, the next look finishes.
 */
export function opsOfUploads(deps: OpsOfUploadsDeps): OpsOfUploads {
  const { leading } = deps;
  const missing = new Set<string>();
  let underWay: Promise<void> | undefined;
  let again = false;

  const settle = (): void => {
    if (underWay) {
      again = true;
      return;
    }
    again = false;
    underWay = look()
      .catch(() => {})
      .finally(() => {
        underWay = undefined;
        if (again) settle();
      });
  };

  const look = async (): Promise<void> => {
    const replica = leading();
    if (!replica) return;
    replica.awaitsUpload = false;
    let named = opsNamingUploads(replica);
    if ([...named.values()].some(({ waiting }) => waiting.some(({ stage }) => stage === 'new'))) {
      // One that the journal is writing must not change meanwhile.
      await replica.verdicts.kept();
      named = opsNamingUploads(replica);
    }
    for (const upload of [...deps.uploads().uploads]) {
      await settleOne(replica, upload, named.get(upload.id) ?? none);
    }
    for (const [id, { waiting }] of named) {
      if (waiting.length > 0 && !deps.uploads().get(id)) seek(id);
    }
  };

  const settleOne = async (replica: Replica, upload: KeptUpload, naming: Naming): Promise<void> => {
    const { file, ended, told, kept } = upload.record;
    const { setAside } = naming;
    // With another upload that it names, one may have been set aside just now.
    const waiting = naming.waiting.filter(({ stage }) => stage !== 'done');
    if (file) {
      if (waiting.length === 0 && !kept) return;
      for (const pending of waiting) {
        replica.verdicts.rewrite(pending, withFile(pending, upload, file));
      }
      // Until the journal has them, a crash would bring back what still names the upload.
      await replica.verdicts.kept();
      // What was set aside for another reason may be retried, and then needs to know.
      if (setAside.length === 0) await deps.uploads().forget(upload);
    } else if (ended && !told) {
      refuse(replica, waiting, errorOf(ended));
      await deps.uploads().change(upload, { told: true });
    } else if (ended && waiting.length > 0) {
      // Set aside then, and retried since.
      await deps
        .uploads()
        .change(upload, { ended: null, told: false, paused: false, sentBytes: 0 });
    } else if (ended && setAside.length === 0) await deps.uploads().forget(upload);
  };

  /** Nobody knows this upload: after a while it counts as lost. */
  const seek = (id: string): void => {
    if (missing.has(id)) return;
    missing.add(id);
    deps
      .uploads()
      .find(id)
      .catch(() => {});
    deps.scheduler.after(graceMs, () => {
      deps
        .uploads()
        .find(id)
        .then(
          (isFound) => {
            missing.delete(id);
            const replica = leading();
            if (isFound || !replica) return;
            const message = 'The file is no longer on this device: add it again.';
            const { waiting } = opsNamingUploads(replica).get(id) ?? none;
            refuse(replica, waiting, new JamzError('gone', message));
          },
          () => {
            missing.delete(id);
            settle();
          },
        );
    });
  };

  return {
    settle,
    found(id) {
      const replica = deps.replica();
      const { setAside } = (replica && opsNamingUploads(replica).get(id)) ?? none;
      for (const { op } of setAside) deps.retry(op.opId);
    },
  };
}

function refuse(replica: Replica, waiting: Naming['waiting'], error: JamzError): void {
  // One that was set aside with another before it is out already.
  for (const pending of waiting) replica.verdicts.refused(pending, error);
}
