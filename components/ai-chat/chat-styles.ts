import { type CSSResult, css } from 'lit';

/** What stands around the talk with the assistant: its head, its start. */
export const chatStyles: CSSResult = css`
  :host {
    max-block-size: 38em;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em;
    flex: none;
    padding-block: 0.4em;
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
    min-block-size: 14em;
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
  .bones .bone:first-child {
    inline-size: 55%;
    justify-self: end;
  }
  @media (forced-colors: active) {
    .private[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
