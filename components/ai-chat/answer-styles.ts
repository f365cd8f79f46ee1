import { type CSSResult, css } from 'lit';

/** Questions, answers, and what comes with them. */
export const answerStyles: CSSResult = css`
  .turn {
    display: grid;
    align-content: start;
    gap: 0.75em;
    margin-block-end: 1.25em;
  }
  .turn:last-child {
    margin-block-end: 0;
  }
  .question {
    justify-self: end;
    max-inline-size: min(34em, 85%);
    padding: 0.45em 0.8em;
    border-radius: 1.1em;
    border-end-end-radius: 0.35em;
    background: var(--_accent-soft);
    overflow-wrap: anywhere;
  }
  .asked {
    white-space: pre-line;
  }
  .mark .icon {
    inline-size: 0.95em;
    block-size: 0.95em;
    color: var(--_quiet);
    vertical-align: -0.1em;
  }
  .answer {
    min-inline-size: 0;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .answer > * + * {
    margin-block-start: 0.65em;
  }
  .plain {
    white-space: pre-line;
  }
  .md-heading {
    font-weight: 600;
  }
  .answer ul,
  .answer ol {
    padding-inline-start: 1.4em;
    list-style: revert;
  }
  .answer li + li {
    margin-block-start: 0.2em;
  }
  .answer strong {
    font-weight: 600;
  }
  .answer code {
    padding: 0.1em 0.3em;
    border-radius: 0.3em;
    background: var(--_raised);
    font-family: ui-monospace, monospace;
    font-size: 0.9em;
  }
  /* Weaker than the distance that parts of an answer keep. */
  :where(.md-code, .md-table) {
    margin: 0;
  }
  .md-code,
  .md-table {
    max-inline-size: 100%;
    overflow-x: auto;
  }
  .md-code {
    padding: 0.75em 0.9em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
  }
  .answer .md-code code {
    padding: 0;
    background: none;
  }
  .answer table {
    border-collapse: collapse;
    font-size: var(--_size-2);
  }
  .answer :is(th, td) {
    padding: 0.35em 0.75em;
    border-block-end: 1px solid var(--_line);
    text-align: start;
  }
  .answer th {
    font-weight: 600;
  }
  .answer blockquote {
    margin-inline: 0;
    padding-inline-start: 0.8em;
    border-inline-start: 2px solid var(--_line-strong);
    color: var(--_quiet);
  }
  .answer hr {
    inline-size: 100%;
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
  .answer a {
    color: inherit;
    text-decoration-color: var(--_accent);
    text-decoration-thickness: 2px;
    text-underline-offset: 0.15em;
  }
  .thinking {
    display: flex;
    gap: 0.3em;
    padding-block: 0.5em;
  }
  .thinking i {
    inline-size: 0.45em;
    block-size: 0.45em;
    border-radius: 50%;
    background: var(--_faint);
  }
  @media (prefers-reduced-motion: no-preference) {
    .thinking i {
      animation: thinking 1.2s var(--_ease) infinite alternate;
    }
    .thinking i:nth-child(2) {
      animation-delay: 0.2s;
    }
    .thinking i:nth-child(3) {
      animation-delay: 0.4s;
    }
  }
  @keyframes thinking {
    to {
      background: var(--_accent);
      translate: 0 -0.25em;
    }
  }

  .sources {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em;
  }
  .chip {
    display: inline-block;
    max-inline-size: 18em;
    padding: 0.2em 0.7em;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: 2em;
    color: inherit;
    font-size: var(--_size-1);
    text-decoration: none;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip .kind {
    color: var(--_quiet);
  }
  .offer {
    display: grid;
    gap: 0.35em;
    padding: 0.8em 0.9em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    overflow-wrap: anywhere;
  }
  .offer[data-state='declined'],
  .offer[data-state='undone'] {
    border-style: dashed;
    color: var(--_quiet);
  }
  .summary {
    font-weight: 500;
  }
  .detail {
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    margin-block-start: 0.25em;
    font-size: var(--_size-2);
  }
  .became {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    flex: 1;
    color: var(--_quiet);
  }
  .offer[data-state='done'] .became {
    color: var(--_accent);
    font-weight: 500;
  }
  .became .icon,
  .end .icon {
    flex: none;
    inline-size: 1.3em;
    block-size: 1.3em;
  }
  .end {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
    color: var(--_quiet);
    font-size: var(--_size-2);
    text-wrap: pretty;
  }
  .end .button {
    color: var(--_text);
  }
  /* The code and the way on stand below the reason, never beside it. */
  .end.problem {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 0.35em 0.5em;
  }
  .end.problem > :is(.code, .button) {
    grid-column: 2;
    justify-self: start;
  }
  .problem {
    color: var(--_danger);
  }
  .code {
    color: var(--_quiet);
    font-size: var(--_size-1);
  }
  @media (forced-colors: active) {
    .question {
      border: 1px solid;
    }
  }
`;
