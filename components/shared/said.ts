import type { ErrorCode } from '../../sdk/index.ts';
import { commonWords } from './common-words.ts';
import { wordsFor } from './words.ts';

/** What a failure means, in the page's language; in English the sentence that came with it, which knows more. */
export function saidOf(element: Element, code: ErrorCode, message: string): string {
  return wordsFor(element, commonWords).errors?.[code] ?? message;
}
