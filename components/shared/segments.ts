import { type CSSResult, css } from 'lit';

/** Radio buttons as one strip of which a piece is lit; the pieces are as wide as each other. */
export const segments: CSSResult = css`
  .segments {
    display: flex;
    margin: 0;
    padding: 3px;
    border: 0;
    border-radius: var(--_radius-small);
    background: var(--_hover);
  }
  .segments label {
    position: relative;
    flex: 1;
    cursor: pointer;
  }
  .segments input {
    position: absolute;
    inset: 0;
    opacity: 0;
    cursor: inherit;
  }
  .segments span {
    display: block;
    padding: 0.4em 0.5em;
    border-radius: calc(var(--_radius-small) - 2px);
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 500;
    text-align: center;
  }
  .segments input:checked + span {
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1px 3px #0003;
  }
  .segments input:focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
