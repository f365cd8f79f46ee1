import type { CSSResult } from 'lit';
import { baseStyles } from './base-styles.ts';
import { fields } from './fields.ts';
import { notices } from './notices.ts';

/** What every element starts its own styles with. */
export const sharedStyles: readonly CSSResult[] = [...baseStyles, fields, notices];
