import type { HTMLAttributes } from 'svelte/elements';
import type { Live } from '../../sdk/index.ts';
import type { JamzEventAt, JamzHeard, JamzProps, JamzTag } from './element-props.ts';
import type { JamzTags } from './elements.ts';

/** What Svelte's `$name` reads. */
export interface LiveStore<T> {
  subscribe(run: (value: T | undefined) => void): () => void;
}

/**
 * One of the SDK's streams as a Svelte store, which holds undefined without a stream. A stream that is there already is
 * a store as it is. Importing this module types the tags in markup, too.
 *
 * @example
 * const playlist = $derived(storeOf(group?.playlist$)); // `$playlist` in markup
 */
export function storeOf<T>(stream: Live<T> | undefined): LiveStore<T> {
  return {
    subscribe(run) {
      if (!stream) run(undefined);
      const subscription = stream?.subscribe(run);
      return () => subscription?.unsubscribe();
    },
  };
}

/** A tag as Svelte's markup sees it. */
export type SvelteElement<Tag extends JamzTag> = JamzProps<Tag> &
  Omit<HTMLAttributes<JamzTags[Tag]>, keyof JamzProps<Tag>> & {
    [Type in JamzHeard<Tag> as `on${Type}`]?: ((event: JamzEventAt<Tag, Type>) => void) | undefined;
  };

type SvelteElements = { [Tag in JamzTag]: SvelteElement<Tag> };

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends SvelteElements {}
}
