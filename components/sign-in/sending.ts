import type { LitElement, ReactiveController } from 'lit';
import { tell } from '../shared/events.ts';
import { codeOf } from '../shared/group-resolver.ts';
import { saidOf } from '../shared/said.ts';
import { wordsFor } from '../shared/words.ts';
import { refusalText, type SignInMode } from './form-state.ts';
import { type SignInWords, signInWords } from './words.ts';

/** What is sent to the server, one thing at a time: what goes wrong is said in plain words and told to the page. */
export class Sending implements ReactiveController {
  busy = false;
  /** Of an authenticator app; undefined until the account asks for one. */
  code: string | undefined;
  readonly #host: LitElement;
  readonly #now: () => number;
  readonly #mode: () => SignInMode;
  #says: ((words: SignInWords) => string) | undefined;
  #waitUntilMs = 0;
  #wait: ReturnType<typeof setInterval> | undefined;

  /** @param now this device's clock, ms since 1970 */
  constructor(host: LitElement, now: () => number, mode: () => SignInMode) {
    this.#host = host;
    this.#now = now;
    this.#mode = mode;
    host.addController(this);
  }

  /** What went wrong, in the language that the element has now. */
  get problem(): string | undefined {
    return this.#says?.(wordsFor(this.#host, signInWords));
  }

  /** What went wrong is mended, as by typing. */
  clear(): void {
    this.#says = undefined;
  }

  /** For as long the server wants to hear nothing. */
  get waitSeconds(): number {
    return Math.max(0, Math.ceil((this.#waitUntilMs - this.#now()) / 1000));
  }

  async run(task: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.clear();
    this.#host.requestUpdate();
    try {
      await task();
    } catch (error) {
      this.#fail(error);
    } finally {
      this.busy = false;
      this.#host.requestUpdate();
    }
  }

  hostDisconnected(): void {
    clearInterval(this.#wait);
  }

  #askForCode(): void {
    this.code ??= '';
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>('#code')?.focus(),
    );
  }

  #fail(error: unknown): void {
    const code = codeOf(error);
    const message = error instanceof Error ? error.message : String(error);
    if (code === 'rate-limited') {
      const { retryAfterMs } = error as { retryAfterMs?: number };
      this.#waitUntilMs = this.#now() + (retryAfterMs ?? 10_000);
      this.#says = (words) => words.tryAgain;
      clearInterval(this.#wait);
      this.#wait = setInterval(() => {
        this.#host.requestUpdate();
        if (this.waitSeconds === 0) clearInterval(this.#wait);
      }, 1000);
    } else {
      const mode = this.#mode();
      const step = this.code ? 'code' : mode;
      this.#says = (words) => refusalText(code, step, words) ?? saidOf(this.#host, code, message);
      // The password was right, and the account asks for a code of its app, too.
      if (code === 'forbidden' && mode === 'sign-in') this.#askForCode();
    }
    tell(this.#host, 'jamz-error', { code, message });
  }
}
