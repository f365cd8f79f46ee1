import { JamzError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { LiveValue } from '../sync/live-value.ts';
import { KeptUpload } from './kept-upload.ts';
import type { Consignment, KeepsUploads } from './late-uploads.ts';
import type { OpsOfUploads } from './settle-ops.ts';
import type { Sending, Upload, UploadedFile, Wish } from './upload.ts';
import type { UploadEnd, UploadRecord, UploadRecords } from './upload-records.ts';
import type { TakeTurn, UploadMessage, UploadTabs } from './upload-tabs.ts';

export interface UploadKeeperDeps {
  readonly records: UploadRecords;
  readonly tabs: UploadTabs;
  /** Undefined where only the tab that leads may send. */
  readonly takeTurn: TakeTurn | undefined;
  readonly leads: () => boolean;
  readonly send: (file: Blob, consignment: Consignment) => Sending;
  readonly ops: OpsOfUploads;
  /** The server has it: its maker need not load it from there. Never rejects. */
  readonly keepSound: (file: UploadedFile, bytes: Blob) => Promise<void>;
  readonly nowMs: () => number;
}

const lost: UploadEnd = {
  code: 'gone',
  message: 'The file is no longer on this device: add it again.',
  cancelled: false,
};
const cancelled: UploadEnd = {
  code: 'gone',
  message: 'The upload was cancelled.',
  cancelled: true,
};

/** One person's uploads in this tab: keeps them, sends what it is this tab's turn to send, and tells the other tabs. */
export class UploadKeeper implements KeepsUploads {
  readonly #deps: UploadKeeperDeps;
  readonly #list$: LiveValue<readonly Upload[]>;
  readonly #uploads = new Map<string, KeptUpload>();
  readonly #urls = new Map<string, string>();
  readonly #opened: Promise<void>;
  #closed = false;

  constructor(deps: UploadKeeperDeps, list$: LiveValue<readonly Upload[]>) {
    this.#deps = deps;
    this.#list$ = list$;
    deps.tabs.listen((message) => this.#heard(message));
    this.#opened = this.#open();
  }

  add(file: Blob, consignment: Consignment): Upload {
    const record: UploadRecord = {
      ...consignment,
      totalBytes: file.size,
      addedAtMs: this.#deps.nowMs(),
      kept: false,
      sentBytes: 0,
      paused: false,
      ended: null,
      told: false,
      file: null,
    };
    const upload = this.#enter(record);
    upload.file = file;
    upload.isBeingKept = true;
    void this.#keep(upload, file);
    // A disk that takes its time holds up nothing.
    this.look();
    return upload;
  }

  async urlOf(id: string): Promise<string> {
    await this.#opened;
    const known = this.#urls.get(id);
    if (known) return known;
    const bytes = this.#uploads.get(id)?.file ?? (await this.#deps.records.bytes(id));
    if (!bytes) throw new JamzError('not-found', lost.message);
    const url = URL.createObjectURL(bytes);
    this.#urls.set(id, url);
    return url;
  }

  /** Something may have changed: who leads, what waits. */
  look(): void {
    if (this.#closed) return;
    for (const upload of this.#uploads.values()) this.#goOn(upload);
    this.#deps.ops.settle();
  }

  get(id: string): KeptUpload | undefined {
    return this.#uploads.get(id);
  }

  get uploads(): Iterable<KeptUpload> {
    return this.#uploads.values();
  }

  /** Looks once more for one that is not known here: another tab may have it. @returns whether it is known now */
  async find(id: string): Promise<boolean> {
    await this.#opened;
    const record = await this.#deps.records.get(id);
    if (record) this.#take(record);
    else if (!this.#uploads.has(id)) this.#deps.tabs.tell({ kind: 'ask' });
    return this.#uploads.has(id);
  }

  /** Writes down what became of an upload, and tells the other tabs. */
  async change({ id, record, file }: KeptUpload, patch: Partial<UploadRecord>): Promise<void> {
    const changed = { ...record, ...patch };
    this.#take(changed);
    this.#tell(changed, file);
    if (changed.kept) await this.#deps.records.put(changed).catch(() => {});
    // Taken off meanwhile.
    if (changed.kept && !this.#uploads.get(id)?.record.kept) await this.#deps.records.remove(id);
  }

  /** Nothing will ask for it any more; pages that show it go on to. */
  async forget(upload: KeptUpload): Promise<void> {
    if (!upload.record.kept) return;
    this.#take({ ...upload.record, kept: false });
    await this.#deps.records.remove(upload.id);
  }

  close(): void {
    this.#closed = true;
    this.#deps.tabs.close();
    for (const { turn, sending } of this.#uploads.values()) {
      turn?.abort();
      sending?.pause();
    }
    for (const url of this.#urls.values()) URL.revokeObjectURL(url);
  }

  async #open(): Promise<void> {
    for (const record of await this.#deps.records.list()) {
      if (!this.#uploads.has(record.id)) this.#enter(record);
    }
    this.#deps.tabs.tell({ kind: 'ask' });
    this.look();
  }

  async #keep(upload: KeptUpload, file: Blob): Promise<void> {
    const { size } = file;
    const mayBeTaken = size > 0 && size <= limits.maxFileBytes;
    const kept = mayBeTaken && (await this.#deps.records.keep(upload.record, file));
    upload.isBeingKept = false;
    if (!kept) upload.progress$.next(upload.progress$.value);
    // It may have been paused or cancelled meanwhile.
    await this.change(upload, { kept });
    this.#deps.ops.found(upload.id);
    this.look();
  }

  #enter(record: UploadRecord): KeptUpload {
    const upload = new KeptUpload(record, (one, wish) => this.#wished(one, wish));
    this.#uploads.set(record.id, upload);
    // After a sign-out they are nobody's here.
    if (!this.#closed) this.#list$.next([...this.#uploads.values()]);
    return upload;
  }

  #wished(upload: KeptUpload, wish: Wish): void {
    const { file, ended, paused } = upload.record;
    const { state, sentBytes } = upload.progress$.value;
    if (file) return;
    if (wish === 'resume' && ended) {
      void this.change(upload, { ended: null, told: false, paused: false, sentBytes: 0 });
      this.#deps.ops.found(upload.id);
      this.look();
    } else if (ended) return;
    else if (wish === 'cancel') void this.change(upload, { ended: cancelled });
    else if (state !== 'processing' && paused !== (wish === 'pause')) {
      void this.change(upload, { paused: wish === 'pause', sentBytes });
    }
  }

  /** What it has become, here or in another tab. */
  #take(told: UploadRecord, file?: Blob): void {
    const upload = this.#uploads.get(told.id) ?? this.#enter(told);
    const { paused: wasPaused, file: found } = upload.record;
    // What is on the server stays there, whatever a tab says that has not heard of it.
    const record = { ...told, file: told.file ?? found };
    upload.file ??= file;
    upload.become(record);
    const { sending, turn } = upload;
    if (record.ended?.cancelled) sending?.cancel();
    else if (record.paused !== wasPaused) record.paused ? sending?.pause() : sending?.resume();
    // Where another tab sends it there is nothing to wait for.
    if (!sending && (record.file || record.ended || record.paused)) turn?.abort();
    queueMicrotask(() => this.look());
  }

  #goOn(upload: KeptUpload): void {
    const { record, turn, file } = upload;
    if (turn || record.file || record.ended || record.paused) return;
    if (!record.kept && !file) return;
    if (!this.#deps.takeTurn && !this.#deps.leads()) return;
    upload.turn = new AbortController();
    void this.#send(upload, upload.turn.signal).finally(() => {
      upload.turn = undefined;
      this.look();
    });
  }

  async #send(upload: KeptUpload, signal: AbortSignal): Promise<void> {
    const { records, takeTurn, send, keepSound, tabs } = this.#deps;
    const { id, groupId, name } = upload;
    const letGo = await takeTurn?.(id, signal).catch(() => (signal.aborted ? null : undefined));
    if (letGo === null) return;
    try {
      const bytes = upload.file ?? (await records.bytes(id));
      if (signal.aborted) return;
      if (!bytes) return await this.change(upload, { ended: lost });
      const sending = send(bytes, { id, groupId, name });
      upload.sending = sending;
      sending.progress$.subscribe((progress) => {
        if (over.has(progress.state)) return;
        upload.progress$.next(progress);
        tabs.tell({ kind: 'progress', id, progress });
      });
      const file = await Promise.race([sending.result, calledOff(signal)]);
      upload.sending = undefined;
      await keepSound(file, bytes);
      await this.change(upload, { file });
      await records.dropBytes(id);
    } catch (error) {
      upload.sending = undefined;
      if (signal.aborted) return;
      const { code, message } = error instanceof JamzError ? error : lost;
      // A cancelled one has ended already.
      if (!upload.record.ended)
        await this.change(upload, { ended: { code, message, cancelled: false } });
    } finally {
      letGo?.();
    }
  }

  #heard(message: UploadMessage): void {
    switch (message.kind) {
      case 'record':
        this.#take(message.record, message.file);
        break;
      case 'progress':
        this.#uploads.get(message.id)?.progress$.next(message.progress);
        break;
      case 'ask':
        for (const { record, file, sending, progress$, id } of this.#uploads.values()) {
          if (!record.kept && file) this.#tell(record, file);
          if (sending) this.#deps.tabs.tell({ kind: 'progress', id, progress: progress$.value });
        }
        break;
    }
  }

  #tell(record: UploadRecord, file: Blob | undefined): void {
    const isOnlyHere = !record.kept && file !== undefined;
    this.#deps.tabs.tell({ kind: 'record', record, ...(isOnlyHere ? { file } : {}) });
  }
}

const over: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

function calledOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
