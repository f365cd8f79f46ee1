import { type CSSResult, css } from 'lit';

/** A log that scrolls with a place to write below it: of messages, of questions and answers. */
export const talkStyles: CSSResult = css`
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
  }
  .log {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    padding: 0.75em 1em;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  .foot-area {
    flex: none;
    border-block-start: 1px solid var(--_line);
  }
  .state {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.6em 1em 0;
    color: var(--_quiet);
    font-size: var(--_size-1);
    text-wrap: pretty;
  }
  .state .icon {
    flex: none;
    inline-size: 1.3em;
    block-size: 1.3em;
  }
  .composer {
    display: flex;
    align-items: end;
    gap: 0.5em;
    padding: 0.6em;
  }
  textarea {
    flex: 1;
    field-sizing: content;
    min-inline-size: 0;
    max-block-size: 8.5em;
    margin: 0;
    color: inherit;
    font: inherit;
    line-height: 1.4;
    resize: none;
  }
  .composer .input {
    padding: 0.5em 1em;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.5em;
    block-size: 2.5em;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    transition: scale var(--_motion) var(--_ease);
  }
  .send:disabled {
    background: var(--_hover);
    color: var(--_faint);
  }
  .send:active:not(:disabled) {
    scale: 0.94;
  }
  .bones {
    display: grid;
    gap: 0.6em;
    align-content: end;
    flex: 1 1 auto;
    min-block-size: 14em;
    padding: 1em;
  }
  .bones .bone {
    block-size: 2.3em;
    border-radius: 1.1em;
  }
  @media (pointer: coarse) {
    .send {
      inline-size: max(2.5em, 44px);
      block-size: max(2.5em, 44px);
    }
    .composer .input {
      min-block-size: max(2.5em, 44px);
    }
  }
`;
