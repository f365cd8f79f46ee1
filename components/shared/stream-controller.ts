import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable, Subscription } from 'rxjs';

/**
 * The latest value of a stream, kept fresh while the host is on the page.
 *
 * The source is named by a function and asked for again before every render, so a host
 * that changes its group, or is moved to another document, follows the right stream.
 */
export class StreamController<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #pick: () => Observable<T> | undefined;
  readonly #onValue: ((value: T) => void) | undefined;
  #source: Observable<T> | undefined;
  #subscription: Subscription | undefined;
  #value: T | undefined;
  #connected = false;

  /**
   * @param pick names the stream to follow; must give the same object while nothing changed
   * @param onValue is told every value, also those of one turn that one render covers
   */
  constructor(
    host: ReactiveControllerHost,
    pick: () => Observable<T> | undefined,
    onValue?: (value: T) => void,
  ) {
    this.#host = host;
    this.#pick = pick;
    this.#onValue = onValue;
    host.addController(this);
  }

  /** Undefined until the stream has said something, and while the host is off the page. */
  get value(): T | undefined {
    return this.#value;
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // A host renders once more when it has been told something on its way out: nobody would end a stream begun then.
    if (!this.#connected) return;
    const source = this.#pick();
    if (source === this.#source) return;
    this.#stop();
    this.#source = source;
    this.#subscription = source?.subscribe((value) => {
      this.#value = value;
      this.#onValue?.(value);
      this.#host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  #stop(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#source = undefined;
    this.#value = undefined;
  }
}
