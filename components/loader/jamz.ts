import { watchForTags } from './watch-for-tags.ts';

/** Written in by the build: the tags that have a module beside this one. */
declare const JAMZ_TAGS: readonly string[];

watchForTags(
  document,
  JAMZ_TAGS,
  (tag) => import(/* @vite-ignore */ new URL(`./${tag}.js`, import.meta.url).href),
);
