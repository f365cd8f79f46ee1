import type { LitElement, ReactiveController } from 'lit';
import type { Subscription } from 'rxjs';
import type { ErrorCode, Upload, UploadProgress } from '../../sdk/index.ts';

/** One line of the list: an upload, or a file that was turned away before it was one. */
export interface Line {
  readonly id: number;
  readonly file: File;
  readonly upload: Upload | undefined;
  readonly progress: UploadProgress | undefined;
  readonly refusal: ErrorCode | undefined;
}

/** The uploads that were started here. They go on while the element is off the page. */
export class UploadList implements ReactiveController {
  readonly #host: LitElement;
  readonly #settled: (line: Line) => void;
  readonly #subscriptions = new Map<number, Subscription>();
  #lines: readonly Line[] = [];
  #lastId = 0;

  /** @param settled told each line that is done or has failed */
  constructor(host: LitElement, settled: (line: Line) => void) {
    this.#host = host;
    this.#settled = settled;
    host.addController(this);
  }

  /** Newest first. */
  get lines(): readonly Line[] {
    return this.#lines;
  }

  hostConnected(): void {
    for (const line of this.#lines) this.#follow(line);
  }

  hostDisconnected(): void {
    for (const subscription of this.#subscriptions.values()) subscription.unsubscribe();
    this.#subscriptions.clear();
  }

  add(file: File, upload: Upload): void {
    const line: Line = {
      id: this.#nextId(),
      file,
      upload,
      progress: upload.progress$.value,
      refusal: undefined,
    };
    this.#lines = [line, ...this.#lines];
    this.#follow(line);
  }

  refuse(file: File, refusal: ErrorCode): void {
    const line: Line = {
      id: this.#nextId(),
      file,
      upload: undefined,
      progress: undefined,
      refusal,
    };
    this.#lines = [line, ...this.#lines];
    this.#settled(line);
    this.#host.requestUpdate();
  }

  dismiss(id: number): void {
    this.#subscriptions.get(id)?.unsubscribe();
    this.#subscriptions.delete(id);
    this.#lines = this.#lines.filter((line) => line.id !== id);
    this.#host.requestUpdate();
  }

  #follow({ id, upload }: Line): void {
    this.#subscriptions.get(id)?.unsubscribe();
    const subscription = upload?.progress$.subscribe((progress) => this.#show(id, progress));
    if (subscription) this.#subscriptions.set(id, subscription);
  }

  #show(id: number, progress: UploadProgress): void {
    const before = this.#lines.find((line) => line.id === id);
    if (!before) return;
    const after: Line = { ...before, progress };
    this.#lines = this.#lines.map((line) => (line.id === id ? after : line));
    const over = progress.state === 'done' || progress.state === 'failed';
    if (over && before.progress?.state !== progress.state) this.#settled(after);
    this.#host.requestUpdate();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}
