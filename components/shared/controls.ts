import { type CSSResult, css } from 'lit';
import { buttons } from './buttons.ts';
import { fields } from './fields.ts';

/** Buttons and fields, the same in every element. */
export const controls: CSSResult = css`
  ${buttons}
  ${fields}
`;
