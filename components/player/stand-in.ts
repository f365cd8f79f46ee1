import type { CSSResult, LitElement, TemplateResult } from 'lit';
import type { Group, GroupAvailability, PlaylistEntry } from '../../sdk/index.ts';
import type { Access } from '../shared/access.ts';
import { coreWords } from '../shared/core-words.ts';
import { wordsFor } from '../shared/words.ts';
import { plainView } from './views.ts';

type Views = typeof import('./stand-in-views.ts');

/**
 * What stands in place of the music: why the group cannot be shown, or that it has no track.
 * The code for it is loaded when it is first needed, which on most pages is never.
 */
export class StandIn {
  readonly #host: LitElement;
  readonly #wear: (styles: readonly CSSResult[]) => void;
  readonly #loadViews: () => Promise<Views>;
  #views: Views | undefined;
  /** For which its code was asked for last. */
  #reason: object | undefined;
  #failed = false;

  /** @param wear gives the host the style sheets that came with the code */
  constructor(
    host: LitElement,
    wear: (styles: readonly CSSResult[]) => void,
    load: () => Promise<Views> = () => import('./stand-in-views.ts'),
  ) {
    this.#host = host;
    this.#wear = wear;
    this.#loadViews = load;
  }

  /** Why the group cannot be shown. */
  barred(access: Access, availability: GroupAvailability | undefined): TemplateResult | undefined {
    const reason = availability ?? access;
    const said = 'message' in reason ? reason.message : undefined;
    return this.#view(reason, said, (views) => views.barredView(this.#host, access, availability));
  }

  /** That there is no track yet. */
  empty(group: Group, tracks: readonly PlaylistEntry[]): TemplateResult | undefined {
    const allowed = group.can('upload');
    return this.#view(tracks, undefined, (views) =>
      views.emptyView({ element: this.#host, group, allowed }),
    );
  }

  /**
   * Undefined while it loads; the host renders again afterwards. Without a network the
   * bare message: with the next reason the code is asked for again.
   */
  #view(
    reason: object,
    said: string | undefined,
    draw: (views: Views) => TemplateResult | undefined,
  ): TemplateResult | undefined {
    if (this.#views) return draw(this.#views);
    if (this.#reason !== reason) {
      this.#reason = reason;
      void this.#load();
    }
    if (!this.#failed) return undefined;
    return plainView(said ?? wordsFor(this.#host, coreWords).offline);
  }

  async #load(): Promise<void> {
    try {
      const views = await this.#loadViews();
      if (!this.#views) this.#wear(views.standInStyles);
      this.#views = views;
    } catch {
      this.#failed = true;
    }
    this.#host.requestUpdate();
  }
}
