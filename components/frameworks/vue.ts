import {
  type EmitFn,
  type HTMLAttributes,
  type MaybeRefOrGetter,
  type PublicProps,
  type ShallowRef,
  shallowRef,
  toValue,
  watch,
} from 'vue';
import type { Live } from '../../sdk/index.ts';
import type { JamzEventAt, JamzHeard, JamzProps, JamzTag } from './element-props.ts';
import type { JamzTags } from './elements.ts';

/**
 * Whether a tag is one of ours. Vue has to be told, or it takes the tags for components of its own. Importing this
 * module types the tags in templates, too.
 *
 * @example
 * // vite.config.ts
 * vue({ template: { compilerOptions: { isCustomElement: isJamzElement } } });
 */
export function isJamzElement(tag: string): boolean {
  return tag.startsWith('jamz-');
}

/**
 * The latest value of one of the SDK's streams; undefined without a stream. It is let go with the component.
 *
 * @example
 * const playlist = useLive(() => group.value?.playlist$);
 */
export function useLive<T>(
  stream: MaybeRefOrGetter<Live<T> | undefined>,
): Readonly<ShallowRef<T | undefined>> {
  const latest = shallowRef<T>();
  watch(
    () => toValue(stream),
    (live, _before, onCleanup) => {
      latest.value = undefined;
      const subscription = live?.subscribe((value) => {
        latest.value = value;
      });
      onCleanup(() => subscription?.unsubscribe());
    },
    { immediate: true },
  );
  return latest;
}

/** A tag as Vue's templates see it. */
export type VueElement<Tag extends JamzTag> = new () => Omit<JamzTags[Tag], '$props' | '$emit'> & {
  /** For the checker of templates alone: no element has it when it runs. */
  $props: JamzProps<Tag> & Omit<HTMLAttributes, keyof JamzProps<Tag>> & PublicProps;
  /** For the checker of templates alone: no element has it when it runs. */
  $emit: EmitFn<{ [Type in JamzHeard<Tag>]: (event: JamzEventAt<Tag, Type>) => void }>;
};

type VueElements = { [Tag in JamzTag]: VueElement<Tag> };

declare module 'vue' {
  interface GlobalComponents extends VueElements {}
  interface HTMLAttributes {
    /** Where in an element this stands: Vue's own types know only the slots of components. */
    slot?: string | undefined;
  }
}
