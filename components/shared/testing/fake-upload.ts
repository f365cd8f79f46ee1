import { BehaviorSubject } from 'rxjs';
import type { Upload, UploadedFile, UploadProgress } from '../../../sdk/index.ts';

/** An upload whose progress a test moves by hand. */
export class FakeUpload implements Upload {
  readonly calls: string[] = [];
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  keptOn: Upload['keptOn'] = 'device';
  readonly progress$: BehaviorSubject<UploadProgress>;
  readonly result: Promise<UploadedFile>;
  readonly #totalBytes: number;
  readonly #settled: PromiseWithResolvers<UploadedFile> = Promise.withResolvers<UploadedFile>();

  constructor(name: string, totalBytes: number, groupId: string = 'crew', id: string = '~1') {
    this.id = id;
    this.groupId = groupId;
    this.name = name;
    this.#totalBytes = totalBytes;
    this.result = this.#settled.promise;
    this.result.catch(() => {});
    this.progress$ = new BehaviorSubject<UploadProgress>({
      state: 'waiting',
      sentBytes: 0,
      totalBytes,
    });
  }

  get fileId(): string | null {
    const progress = this.progress$.value;
    return progress.state === 'done' ? progress.file.fileId : null;
  }
  send(share: number): void {
    this.#show('sending', share);
  }
  finish(file: UploadedFile): void {
    this.progress$.next({
      state: 'done',
      sentBytes: this.#totalBytes,
      totalBytes: this.#totalBytes,
      file,
    });
    this.#settled.resolve(file);
  }
  fail(error: Extract<UploadProgress, { state: 'failed' }>['error']): void {
    this.progress$.next({ state: 'failed', sentBytes: 0, totalBytes: this.#totalBytes, error });
    this.#settled.reject(error);
  }
  pause(): void {
    this.calls.push('pause');
    this.#show('paused', 0.5);
  }
  resume(): void {
    this.calls.push('resume');
    this.#show('sending', 0.5);
  }
  cancel(): void {
    this.calls.push('cancel');
    this.#show('cancelled', 0);
  }

  #show(state: 'sending' | 'paused' | 'cancelled', share: number): void {
    const totalBytes = this.#totalBytes;
    this.progress$.next({ state, sentBytes: Math.round(share * totalBytes), totalBytes });
  }
}
