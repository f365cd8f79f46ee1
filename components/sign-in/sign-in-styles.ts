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
    flex-wrap: wrap;
  }
  .segments span {
    white-space: nowrap;
    transition: background var(--_motion) var(--_ease);
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
`;
