import { type CSSResult, css } from 'lit';

/** What stands above the first message while there are more. */
export const olderStyles: CSSResult = css`
  .older {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0.4em 0.75em;
    min-block-size: 2.75em;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .older span {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  .older span .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`;
