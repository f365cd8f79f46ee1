import { type CSSResult, css } from 'lit';

/** The frame of the talk: head, log, foot. */
export const chatStyles: CSSResult = css`
  :host {
    max-block-size: 38em;
  }
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 0.25em;
    flex: none;
    padding: 0.4em 0.5em 0.4em 1em;
    padding-inline: 1em 0.5em;
    border-block-end: 1px solid var(--_line);
  }
  .head h2 {
    flex: 1;
    font-weight: 600;
  }
  .private {
    padding-inline: 0.7em;
    border-radius: 2em;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .private[aria-pressed='true'] {
    background: var(--_text);
    color: var(--_surface);
  }
  .private .icon {
    inline-size: 1.2em;
    block-size: 1.2em;
  }
  .log {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    min-block-size: 14em;
    padding: 0.75em 1em;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  .start {
    display: grid;
    justify-items: center;
    gap: 0.4em;
    margin-block: auto;
    text-align: center;
  }
  .prompts {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5em;
    margin-block-start: 0.8em;
  }
  .prompt {
    border-radius: 2em;
    font-size: var(--_size-2);
    text-wrap: balance;
    white-space: normal;
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
    border-radius: 1.25em;
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
  .bones .bone:first-child {
    inline-size: 55%;
    justify-self: end;
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
  @media (forced-colors: active) {
    .private[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
