import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Inspector, Jamz } from '../../sdk/index.ts';

/** The inspector of whichever connection the host has, opened while the host is on the page. */
export class InspectorHold implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #pick: () => Jamz | undefined;
  #jamz: Jamz | undefined;
  #inspector: Inspector | undefined;
  #hasFailed = false;

  /** @param pick names the connection to look into */
  constructor(host: ReactiveControllerHost, pick: () => Jamz | undefined) {
    this.#host = host;
    this.#pick = pick;
    host.addController(this);
  }

  /** Undefined until its code is here. */
  get inspector(): Inspector | undefined {
    return this.#inspector;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  hostUpdate(): void {
    const jamz = this.#pick();
    if (jamz === this.#jamz) return;
    this.#letGo();
    this.#jamz = jamz;
    if (jamz) void this.#open(jamz);
  }

  hostDisconnected(): void {
    this.#letGo();
    this.#jamz = undefined;
  }

  async #open(jamz: Jamz): Promise<void> {
    try {
      const inspector = await jamz.inspect();
      if (this.#jamz === jamz) this.#inspector = inspector;
      else inspector.close();
    } catch {
      this.#hasFailed = this.#jamz === jamz;
    }
    this.#host.requestUpdate();
  }

  /** Ends the faults, too: nobody is left to end them by hand. */
  #letGo(): void {
    this.#inspector?.close();
    this.#inspector = undefined;
    this.#hasFailed = false;
  }
}
