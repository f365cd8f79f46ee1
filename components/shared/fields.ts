import { type CSSResult, css } from 'lit';

/** A label with what is typed below it, the same in every form. */
export const fields: CSSResult = css`
  .field {
    display: grid;
    gap: 0.3em;
  }
  .field > label {
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .input {
    inline-size: 100%;
    min-block-size: 2.5em;
    padding: 0.35em 0.75em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    background: var(--_surface);
  }
  .input::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
`;
