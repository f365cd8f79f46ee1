import { type CSSResult, css } from 'lit';

/** Looks of `obstacleView`, and of what is said in place of content. */
export const notices: CSSResult = css`
  .notice {
    display: grid;
    justify-items: center;
    gap: 0.35em;
    /* In the middle, where the frame is taller. */
    margin-block: auto;
    padding: 1.5em 1.25em;
    text-align: center;
  }
  .notice-icon {
    display: grid;
    place-items: center;
    inline-size: 2.75em;
    block-size: 2.75em;
    margin-block-end: 0.25em;
    border-radius: 50%;
    background: var(--_raised);
    color: var(--_quiet);
  }
  .notice-title {
    font-weight: 500;
    text-wrap: balance;
  }
  .notice-text {
    max-inline-size: 34em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .notice .button {
    margin-block-start: 0.6em;
  }
  .notice-code {
    color: var(--_quiet);
    font-size: var(--_size-1);
  }
`;
