import type { CSSResult } from 'lit';
import { controls } from './controls.ts';
import { notices } from './notices.ts';
import { tokens } from './tokens.ts';

/** What every element starts its own styles with. */
export const sharedStyles: readonly CSSResult[] = [tokens, controls, notices];
