import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { JamzEventAt, JamzHeard, JamzProps, JamzTag } from '../element-props.ts';
import type { JamzTags } from '../elements.ts';

/** A tag as JSX sees it: React 19 sets properties, and listens through `onjamz-…`. */
export type ReactElementProps<Tag extends JamzTag> = JamzProps<Tag> &
  Omit<DetailedHTMLProps<HTMLAttributes<JamzTags[Tag]>, JamzTags[Tag]>, keyof JamzProps<Tag>> & {
    /** React hands a custom element's `class` on as it is. */
    class?: string | undefined;
  } & {
    [Type in JamzHeard<Tag> as `on${Type}`]?: ((event: JamzEventAt<Tag, Type>) => void) | undefined;
  };

type ReactElements = { [Tag in JamzTag]: ReactElementProps<Tag> };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ReactElements {}
  }
}
