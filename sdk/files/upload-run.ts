import type { Http } from '../auth/http.ts';
import { JamzError } from '../protocol/errors.ts';
import { backoffMs } from '../sync/backoff.ts';
import { LiveValue } from '../sync/live-value.ts';
import type { Scheduler, Surroundings } from '../sync/scheduler.ts';
import type { Slots } from './slots.ts';
import type { Sender } from './tus-sender.ts';
import type { Sending, UploadedFile, UploadProgress } from './upload.ts';

export interface UploadRunDeps {
  readonly name: string;
  readonly totalBytes: number;
  readonly sender: Sender;
  readonly slots: Slots;
  readonly http: Http;
  readonly scheduler: Scheduler;
  readonly surroundings: Surroundings;
}

/** One upload from its first byte to what the server found in it; lost links only delay it. */
export class UploadRun implements Sending {
  readonly name: string;
  readonly progress$: LiveValue<UploadProgress>;
  readonly result: Promise<UploadedFile>;
  readonly #deps: UploadRunDeps;
  readonly #settle: { resolve: (file: UploadedFile) => void; reject: (error: JamzError) => void };
  #paused = false;
  #attempt: AbortController | undefined;
  #wake: () => void = () => {};
  #sentBytes = 0;

  constructor(deps: UploadRunDeps) {
    this.#deps = deps;
    this.name = deps.name;
    this.progress$ = new LiveValue<UploadProgress>(this.#at('waiting'));
    const { promise, resolve, reject } = Promise.withResolvers<UploadedFile>();
    this.result = promise;
    // Nobody has to look.
    this.result.catch(() => {});
    this.#settle = { resolve, reject };
  }

  /** Called once. Never rejects: what went wrong is in `progress$` and `result`. */
  async run(): Promise<void> {
    try {
      const uploadId = await this.#send();
      if (uploadId === undefined) return;
      this.progress$.next(this.#at('processing'));
      const file = await this.#found(uploadId);
      if (!file) return;
      await this.#deps.sender.forget();
      this.progress$.next({ ...this.#at('done'), state: 'done', file });
      this.#settle.resolve(file);
    } catch (error) {
      await this.#deps.sender.forget();
      this.fail(error instanceof JamzError ? error : unexpected(error));
    }
  }

  fail(error: JamzError): void {
    if (this.#ended) return;
    this.progress$.next({ ...this.#at('failed'), state: 'failed', error });
    this.#settle.reject(error);
  }

  pause(): void {
    if (this.#ended || this.progress$.value.state === 'processing') return;
    this.#paused = true;
    this.progress$.next(this.#at('paused'));
    this.#attempt?.abort();
    this.#wake();
  }

  resume(): void {
    if (!this.#paused || this.#ended) return;
    this.#paused = false;
    this.progress$.next(this.#at('waiting'));
    this.#wake();
  }

  cancel(): void {
    if (this.#ended) return;
    this.progress$.next(this.#at('cancelled'));
    this.#settle.reject(new JamzError('gone', 'The upload was cancelled'));
    this.#attempt?.abort();
    this.#wake();
    void this.#deps.sender.discard();
  }

  get #ended(): boolean {
    return ends.has(this.progress$.value.state);
  }

  /** @returns the upload's id, undefined when it was cancelled */
  async #send(): Promise<string | undefined> {
    const { sender, slots } = this.#deps;
    let failures = 0;
    let rejections = 0;
    while (!this.#ended) {
      if (this.#paused) {
        await this.#sleep();
        continue;
      }
      const release = await slots.take();
      const before = this.#sentBytes;
      try {
        if (this.#paused || this.#ended) continue;
        this.#attempt = new AbortController();
        const { signal } = this.#attempt;
        return await sender.attempt(signal, (sentBytes) => {
          if (signal.aborted) return;
          this.#sentBytes = sentBytes;
          this.progress$.next(this.#at('sending'));
        });
      } catch (error) {
        if (this.#paused || this.#ended) continue;
        if (!(error instanceof JamzError)) throw error;
        rejections = isRejection(error) ? rejections + 1 : 0;
        // Once the token was stale; a fresh one that is rejected too will not be taken later.
        if (!mayPass(error) || rejections > 1) throw error;
        if (this.#sentBytes > before) failures = 0;
        this.progress$.next(this.#at('waiting'));
        release();
        if (rejections === 0) await this.#backOff(++failures, error);
      } finally {
        release();
      }
    }
    return undefined;
  }

  /** @returns what the server made of it, undefined when it was cancelled */
  async #found(uploadId: string): Promise<UploadedFile | undefined> {
    for (let failures = 1; !this.#ended; failures++) {
      try {
        // The server holds the answer back for up to 25 s while it reads.
        return await this.#deps.http('GET', `files/by-upload/${uploadId}`, undefined, {
          timeoutMs: 40_000,
          expects: isUploadedFile,
        });
      } catch (error) {
        if (!(error instanceof JamzError) || !mayPass(error) || isRejection(error)) throw error;
        if (!this.#ended) await this.#backOff(failures, error);
      }
    }
    return undefined;
  }

  async #backOff(failures: number, { retryAfterMs }: JamzError): Promise<void> {
    await this.#sleep(backoffMs(failures, this.#deps.scheduler.random, retryAfterMs));
  }

  /** Until the time is over, the network is back, or somebody pauses, resumes or cancels. */
  async #sleep(ms?: number): Promise<void> {
    const { scheduler, surroundings } = this.#deps;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const stopTimer = ms === undefined ? () => {} : scheduler.after(ms, resolve);
    const stopWatch = ms === undefined ? () => {} : surroundings.onWake(resolve);
    await promise;
    stopTimer();
    stopWatch();
  }

  #at<State extends string>(state: State): { state: State; sentBytes: number; totalBytes: number } {
    return { state, sentBytes: this.#sentBytes, totalBytes: this.#deps.totalBytes };
  }
}

const ends: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled']);

function mayPass(error: JamzError): boolean {
  const { code } = error;
  return (
    code === 'unavailable' || code === 'internal' || code === 'rate-limited' || isRejection(error)
  );
}

function isRejection({ code }: JamzError): boolean {
  return code === 'token-expired' || code === 'unauthenticated';
}

function unexpected(cause: unknown): JamzError {
  return new JamzError('internal', 'The file could not be read or sent: choose it again', {
    cause,
  });
}

function isUploadedFile(json: unknown): json is UploadedFile {
  const file = (json ?? {}) as Partial<UploadedFile>;
  return typeof file.fileId === 'string' && typeof file.title === 'string';
}
