import type { CSSResult } from 'lit';
import { bones } from './bones.ts';
import { buttons } from './buttons.ts';
import { tokens } from './tokens.ts';

/** What an element needs that shows its content at once; `sharedStyles` adds forms and notices. */
export const baseStyles: readonly CSSResult[] = [tokens, buttons, bones];
