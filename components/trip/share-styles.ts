import { type CSSResult, css } from 'lit';
import { segments } from '../shared/segments.ts';

const panel: CSSResult = css`
  .sharing,
  .sharing section,
  .make,
  .links {
    display: grid;
    gap: 0.75em;
  }
  .sharing {
    align-content: start;
    padding: 0.9em 1em 1.1em;
  }
  .sharing section {
    gap: 0.5em;
  }
  .make {
    margin-block-start: 0.25em;
  }
  .make .button {
    justify-self: start;
  }
  .sharing .segments {
    flex-wrap: wrap;
  }
  .sharing legend {
    margin-inline-start: -3px;
    padding: 0 0 0.3em;
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .sharing [role='alert']:not(:has(*)) {
    display: none;
  }
  .problem {
    margin-block-end: 0.5em;
    color: var(--_danger);
    font-size: var(--_size-2);
  }
  .link {
    display: grid;
    gap: 0.5em;
    padding: 0.8em;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-small);
  }
  .link-title {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .mine {
    display: grid;
    gap: 0.4em;
    padding: 0.6em 0.7em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .answers,
  .link .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .answers [aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .answers .icon,
  .link .buttons .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
  }
  .consents {
    display: grid;
    gap: 0.3em;
  }
  .consents li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.5em;
    font-size: var(--_size-2);
  }
  .consents .quiet {
    font-size: var(--_size-1);
  }
  .consents .face {
    --_face: 1.75em;
    font-size: 0.8em;
  }
  .consents .not .face {
    filter: saturate(0.2) opacity(0.7);
  }
  .input.url {
    font-size: var(--_size-2);
    text-overflow: ellipsis;
  }
  .part-bone {
    block-size: 6em;
  }
  @media (forced-colors: active) {
    .answers [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;

/** The panel in which a trip is shared. */
export const shareStyles: CSSResult = css`
  ${segments}
  ${panel}
`;
