import { type CSSResult, css } from 'lit';

/** The form, and who is signed in. */
export const signInStyles: CSSResult = css`
  .frame {
    padding: 1.25em;
  }
  form,
  .sent {
    display: grid;
    gap: 1em;
    max-inline-size: 26em;
    margin-inline: auto;
  }
  h2 {
    font-size: var(--_size-5);
    font-weight: 600;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .segments {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    margin: 0;
    padding: 3px;
    border: 0;
    border-radius: var(--_radius-small);
    background: var(--_hover);
  }
  .segments label {
    position: relative;
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
    white-space: nowrap;
    transition: background var(--_motion) var(--_ease);
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
  .input-row {
    position: relative;
    display: grid;
  }
  .input-row .icon-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0.2em;
    margin-block: auto;
  }
  .input-row:has(.icon-button) .input {
    padding-inline-end: 3.2em;
  }
  .sent {
    justify-items: start;
  }
  form > .link {
    margin-block: -0.35em;
  }
  form > .link:last-child {
    margin-block: 0;
    justify-self: center;
  }
  .account:not(:empty),
  .verify {
    margin-block-start: 1em;
  }
  .account .upgrade {
    margin-inline: 0;
    max-inline-size: none;
  }
  .part-bone {
    block-size: 12em;
  }
  .hint,
  .problem {
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .hint {
    color: var(--_quiet);
  }
  .problem {
    color: var(--_danger);
  }
  [role='alert']:empty {
    display: none;
  }
  .button.primary {
    min-block-size: 2.75em;
  }

  .who {
    display: flex;
    align-items: center;
    gap: 0.75em;
  }
  .who .face {
    --_face: 2.5em;
  }
  .who-text {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    font-weight: 500;
  }
  .who-text .hint {
    font-weight: 400;
  }
  .ask,
  .invited {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6em;
    margin-block-start: 1em;
    padding-block-start: 1em;
    border-block-start: 1px solid var(--_line);
  }
  .ask p,
  .invited p {
    flex: 1 1 100%;
    text-wrap: pretty;
  }
  .invited .button {
    flex: 1;
  }
  .bones {
    display: grid;
    gap: 1em;
    min-block-size: 12em;
  }
  .bones .bone {
    min-block-size: 2.5em;
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
