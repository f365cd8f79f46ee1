import type { CSSResult, TemplateResult } from 'lit';
import type { GroupAvailability } from '../../sdk/index.ts';
import type { Access } from '../shared/access.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { notices } from '../shared/notices.ts';
import { wordsFor } from '../shared/words.ts';
import { emptyStyles } from './empty.ts';

// What the player shows where there is no music. A page whose player plays never loads it.
export { emptyView } from './empty.ts';

export const standInStyles: readonly CSSResult[] = [notices, emptyStyles];

/** Why the group cannot be shown; undefined where it can. */
export function barredView(
  element: Element,
  access: Access,
  availability: GroupAvailability | undefined,
): TemplateResult | undefined {
  const words = wordsFor(element, commonWords);
  const shown = showing(access, availability, words);
  return typeof shown === 'object' ? obstacleView(shown, words) : undefined;
}
