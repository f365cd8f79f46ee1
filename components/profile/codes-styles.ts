import { type CSSResult, css } from 'lit';

/** The picture of the key, the codes for recovery, and that all is on. */
export const codesStyles: CSSResult = css`
  .codes-form {
    display: grid;
    gap: 0.9em;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 1em 1.25em;
  }
  .key > .group {
    flex: 1 1 11em;
    gap: 0.6em;
  }
  .label {
    font-size: var(--_size-2);
    font-weight: 500;
  }
  /* Readers want dark on light, whatever the theme. */
  .qr {
    flex: none;
    inline-size: 11.5em;
    max-inline-size: 100%;
    aspect-ratio: 1;
    overflow: hidden;
    border-radius: var(--_radius-small);
    outline: 1px solid var(--_line);
    background: #fff;
    forced-color-adjust: none;
  }
  .qr svg {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    fill: #0b1114;
    stroke: none;
    animation: qr-in var(--_motion) var(--_ease);
  }
  @keyframes qr-in {
    from {
      opacity: 0;
    }
  }
  .secret,
  .recovery code {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.95em;
    user-select: all;
  }
  .secret {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15em 0.6em;
    justify-self: start;
    font-size: 1em;
  }
  .recovery {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(18.5em, 100%), 1fr));
    gap: 0.45em 1.25em;
    margin: 0;
    padding: 0.9em 1em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
    list-style: none;
    user-select: text;
  }
  .recovery code {
    font-size: 0.86em;
    text-wrap: balance;
    user-select: text;
  }
  /* Where reading goes on; nothing that is operated. */
  .panel h3:focus {
    outline: none;
  }
  .key .buttons {
    align-items: center;
  }
  .protected {
    display: flex;
    align-items: center;
    gap: 0.9em;
    padding: 0.9em 1em;
    border-radius: var(--_radius-small);
    background: var(--_accent-soft);
  }
  .protected > svg {
    flex: none;
    inline-size: 1.9em;
    block-size: 1.9em;
    color: var(--_accent);
  }
  .protected .note {
    font-weight: 400;
  }
`;
