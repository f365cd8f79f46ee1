import type { FileId, GroupId } from '../protocol/ids.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Sending, Upload, UploadedFile, UploadProgress, Wish } from './upload.ts';
import type { UploadRecord } from './upload-records.ts';
import { errorOf, restingProgress } from './upload-tabs.ts';

/** One upload as its callers see it, in whichever tab it is sent. */
export class KeptUpload implements Upload {
  readonly progress$: LiveValue<UploadProgress>;
  /** Where this page has it. */
  file: Blob | undefined;
  /** The device has not said yet whether it takes it. */
  isBeingKept = false;
  /** While it is this tab's turn, or this tab waits for its turn. */
  turn: AbortController | undefined;
  /** While this tab sends it. */
  sending: Sending | undefined;
  readonly #wish: (wish: Wish) => void;
  #record: UploadRecord;
  #settling: PromiseWithResolvers<UploadedFile> = settling();

  constructor(record: UploadRecord, wish: (upload: KeptUpload, wish: Wish) => void) {
    this.#record = record;
    this.#wish = (wanted) => wish(this, wanted);
    this.progress$ = new LiveValue(restingProgress(record));
    this.#settle();
  }

  get record(): UploadRecord {
    return this.#record;
  }
  get id(): string {
    return this.#record.id;
  }
  get fileId(): FileId | null {
    return this.#record.file?.fileId ?? null;
  }
  get groupId(): GroupId {
    return this.#record.groupId;
  }
  get name(): string {
    return this.#record.name;
  }
  get keptOn(): Upload['keptOn'] {
    if (this.isBeingKept) return null;
    return this.#record.kept ? 'device' : 'page';
  }
  get result(): Promise<UploadedFile> {
    return this.#settling.promise;
  }

  pause(): void {
    this.#wish('pause');
  }
  resume(): void {
    this.#wish('resume');
  }
  cancel(): void {
    this.#wish('cancel');
  }

  /** What it has become. */
  become(record: UploadRecord): void {
    const before = this.#record;
    this.#record = record;
    if (before.ended && !record.ended) this.#settling = settling();
    const now = restingProgress(record);
    const isOther = restingProgress(before).state !== now.state;
    const isOver = record.file !== null || record.ended !== null;
    // Who sends it knows better how far it is.
    if (isOther && (isOver || !this.sending)) this.progress$.next(now);
    else if (before.kept !== record.kept) this.progress$.next(this.progress$.value);
    this.#settle();
  }

  #settle(): void {
    const { file, ended } = this.#record;
    if (file) this.#settling.resolve(file);
    else if (ended) this.#settling.reject(errorOf(ended));
  }
}

function settling(): PromiseWithResolvers<UploadedFile> {
  const made = Promise.withResolvers<UploadedFile>();
  // Nobody has to look.
  made.promise.catch(() => {});
  return made;
}
