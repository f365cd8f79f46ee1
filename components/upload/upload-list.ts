import type { LitElement, ReactiveController } from 'lit';
import type { Subscription } from 'rxjs';
import type { ErrorCode, Upload, UploadProgress } from '../../sdk/index.ts';

/** One line of the list: an upload, or a file that was turned away before it was one. */
export interface Line {
  readonly id: number;
  /** Of the file. */
  readonly name: string;
  readonly upload: Upload | undefined;
  readonly progress: UploadProgress | undefined;
  readonly refusal: ErrorCode | undefined;
}

/** The uploads that were started here, and those that are not over from elsewhere. They go on while the element is off the page. */
export class UploadList implements ReactiveController {
  readonly #host: LitElement;
  readonly #settled: (line: Line) => void;
  readonly #subscriptions = new Map<number, Subscription>();
  /** Uploads that have or had a line. */
  readonly #seen = new Set<string>();
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

  /** Of this group, from an earlier visit, another tab or another element. */
  join(uploads: readonly Upload[], groupId: string | undefined): void {
    for (const upload of uploads) {
      const isNews = upload.progress$.value.state !== 'done';
      if (upload.groupId === groupId && isNews) this.add(upload);
    }
  }

  add(upload: Upload): void {
    if (this.#seen.has(upload.id)) return;
    this.#seen.add(upload.id);
    const line: Line = {
      id: this.#nextId(),
      name: upload.name,
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
      name: file.name,
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
