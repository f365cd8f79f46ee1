import { type CSSResult, css } from 'lit';

/** The log and what stands around it. */
export const messagesStyles: CSSResult = css`
  :host {
    max-block-size: 32em;
  }
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
    min-block-size: 9em;
    padding: 0.75em 1em;
    overflow-y: auto;
    overscroll-behavior: contain;
    /* What the person reads is kept in its place by the element: not every browser does. */
    overflow-anchor: none;
    scrollbar-width: thin;
  }
  .log:focus-visible {
    outline-offset: -2px;
    box-shadow: none;
  }
  /* A short talk stands above the field where it goes on. */
  .log ol:not(:empty) {
    margin-block-start: auto;
  }
  .divider {
    display: flex;
    align-items: center;
    gap: 0.75em;
    margin-block: 1em 0.5em;
    color: var(--_quiet);
    font-size: var(--_size-1);
    font-weight: 500;
  }
  .divider:first-child {
    margin-block-start: 0;
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_line);
  }
  .divider.new {
    color: var(--_accent);
  }
  .divider.new::before,
  .divider.new::after {
    border-color: var(--_accent);
  }

  .message {
    display: flex;
    gap: 0.6em;
    margin-block-start: 0.2em;
  }
  .message.first {
    margin-block-start: 0.75em;
  }
  .mine {
    justify-content: end;
  }
  .side {
    flex: none;
    inline-size: 2em;
    --_face: 2em;
    font-size: 0.9em;
  }
  .theirs.first .side {
    margin-block-start: 1.45em;
  }
  .said {
    display: grid;
    justify-items: start;
    min-inline-size: 0;
    max-inline-size: min(34em, 82%);
  }
  .mine .said {
    justify-items: end;
  }
  .author {
    max-inline-size: 100%;
    margin-block-end: 0.15em;
    color: var(--_quiet);
    font-size: var(--_size-1);
    font-weight: 500;
  }
  .bubble {
    max-inline-size: 100%;
    padding: 0.45em 0.8em;
    border-radius: 1.1em;
    background: color-mix(in oklab, var(--_text) 7%, var(--_surface));
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  .mine .bubble {
    background: var(--_accent-soft);
  }
  /* The corners inside a run are tighter, so that it reads as one. */
  .theirs:not(.first) .bubble {
    border-start-start-radius: 0.35em;
  }
  .theirs:not(.last) .bubble {
    border-end-start-radius: 0.35em;
  }
  .mine:not(.first) .bubble {
    border-start-end-radius: 0.35em;
  }
  .mine:not(.last) .bubble {
    border-end-end-radius: 0.35em;
  }
  .bubble a {
    color: inherit;
    text-decoration-color: var(--_accent);
    text-decoration-thickness: 2px;
    text-underline-offset: 0.15em;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-block: 0.2em 0.1em;
    padding-inline: 0.3em;
    color: var(--_quiet);
    font-size: var(--_size-1);
  }
  .foot .icon {
    inline-size: 1.15em;
    block-size: 1.15em;
  }
  .mark {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
  }
  .refused .bubble {
    background: var(--_danger-soft);
  }
  .problem {
    color: var(--_danger);
    text-wrap: pretty;
  }
  .ways {
    display: flex;
    gap: 0.4em;
    font-size: var(--_size-2);
  }

  .latest {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 100%;
    display: grid;
    justify-items: center;
    pointer-events: none;
  }
  .latest .button {
    margin-block-end: 0.6em;
    border-color: var(--_line);
    border-radius: 2em;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-size: var(--_size-2);
    pointer-events: auto;
  }
  .latest .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    rotate: 90deg;
  }
  .foot-area {
    position: relative;
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
    inline-size: 1.3em;
    block-size: 1.3em;
  }
  .read-only {
    padding: 0.9em 1em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-align: center;
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
  .send .icon {
    rotate: -90deg;
  }
  .send:disabled {
    background: var(--_hover);
    color: var(--_faint);
  }
  .send:active:not(:disabled) {
    scale: 0.94;
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
    .bubble {
      border: 1px solid;
    }
  }

  .bones {
    display: grid;
    gap: 0.6em;
    flex: 1 1 auto;
    align-content: end;
    min-block-size: 14em;
    padding: 1em;
  }
  .bones .bone {
    inline-size: 55%;
    block-size: 2.3em;
    border-radius: 1.1em;
  }
  .bones .bone:nth-child(3n + 2) {
    inline-size: 40%;
  }
  .bones .bone:nth-child(3n) {
    justify-self: end;
    inline-size: 48%;
  }
`;
