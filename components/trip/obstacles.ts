import type { ErrorCode } from '../../sdk/index.ts';
import { type Obstacle, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { tripWords } from './words.ts';

/** Why there is no trip to be shown, in words; what may pass can be tried again. */
export function obstacleOf(
  element: Element,
  problem: {
    readonly code: ErrorCode;
    readonly message: string;
    /** Asked for by a link: then nothing there means that it has ended. */
    readonly byLink: boolean;
    readonly retry: () => void;
  },
): Obstacle {
  const { code, message, byLink, retry } = problem;
  if (byLink && (code === 'gone' || code === 'not-found')) {
    const words = wordsFor(element, tripWords);
    return { kind: 'failed', title: words.expiredTitle, text: words.expiredText };
  }
  const way = showing(
    { kind: 'failed', code, message, retry },
    undefined,
    wordsFor(element, commonWords),
  );
  return typeof way === 'object' ? way : { kind: 'failed', title: message, text: '', code, retry };
}

/** The time of day, as the page's language tells it. */
export function timeOf(element: Element, atMs: number): string {
  return new Intl.DateTimeFormat(languageOf(element), { timeStyle: 'short' }).format(atMs);
}
