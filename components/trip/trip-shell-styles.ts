import { type CSSResult, css } from 'lit';

/** Taller than a map: there is a list below it, or beside. */
export const tripShellStyles: CSSResult = css`
  :host {
    block-size: 44em;
  }
  @media (width >= 48em) {
    :host {
      block-size: 38em;
    }
  }
`;
