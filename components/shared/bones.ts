import { type CSSResult, css } from 'lit';

/** Skeleton blocks and small state chips. */
export const bones: CSSResult = css`
  .bone {
    border-radius: 0.35em;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    padding: 0.1em 0.6em 0.1em 0.4em;
    border-radius: 1em;
    background: var(--_raised);
    color: var(--_quiet);
    font-size: var(--_size-1);
    font-weight: 500;
    white-space: nowrap;
  }
  .chip .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
`;
