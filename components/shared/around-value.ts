import type { Context } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * What the nearest provider around an element gives, kept fresh while the element is on the page: the asking side of
 * the context protocol of web components, by whose events `@lit/context`'s providers answer.
 */
export class AroundValue<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost & EventTarget;
  readonly #context: Context<symbol, T>;
  #value: T | undefined;
  #leave: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & EventTarget, context: Context<symbol, T>) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  /** The last one given; undefined before the first. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Asks whoever is around now; called again where a provider may have come. */
  hostConnected(): void {
    const request = new Event('context-request', { bubbles: true, composed: true });
    this.#host.dispatchEvent(
      Object.assign(request, {
        context: this.#context,
        contextTarget: this.#host,
        subscribe: true,
        callback: this.#take,
      }),
    );
  }

  hostDisconnected(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** The same at each request: a provider knows by it who has asked before. */
  readonly #take = (value: T, leave?: () => void): void => {
    // Another provider has come in between.
    if (leave !== this.#leave) this.#leave?.();
    this.#leave = leave;
    this.#value = value;
    this.#host.requestUpdate();
  };
}
