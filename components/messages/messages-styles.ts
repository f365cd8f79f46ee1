import { type CSSResult, css } from 'lit';

/** The log and what stands around it. */
export const messagesStyles: CSSResult = css`
  :host {
    max-block-size: 32em;
  }
  .log {
    min-block-size: 9em;
    /* What the person reads is kept in its place by the element: not every browser does. */
    overflow-anchor: none;
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
  }
  .read-only {
    padding: 0.9em 1em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-align: center;
  }
  .send .icon {
    rotate: -90deg;
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid;
    }
  }

  .bones .bone {
    inline-size: 55%;
  }
  .bones .bone:nth-child(3n + 2) {
    inline-size: 40%;
  }
  .bones .bone:nth-child(3n) {
    justify-self: end;
    inline-size: 48%;
  }
`;
