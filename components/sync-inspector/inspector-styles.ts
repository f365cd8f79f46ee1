import { type CSSResult, css } from 'lit';

/** A quiet instrument: one column, two where there is room; colour only for what the states mean. */
export const inspectorStyles: CSSResult = css`
  :host {
    container-type: inline-size;
  }
  .frame {
    display: grid;
    gap: 1.1em;
    padding: 1em;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.25em 0.9em;
  }
  h2 {
    font-size: var(--_size-4);
    font-weight: 600;
  }
  h3,
  legend {
    margin-block-end: 0.45em;
    padding: 0;
    font-weight: 500;
  }
  .quiet {
    color: var(--_quiet);
    font-size: var(--_size-2);
    font-weight: 400;
  }
  .mono {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.92em;
  }
  .danger {
    color: var(--_danger);
  }
  section,
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.45em;
    font-weight: 500;
  }
  .mark {
    flex: none;
    display: inline-block;
    inline-size: 0.7em;
    block-size: 0.7em;
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .mark.synced {
    background: var(--_accent);
  }
  .mark.syncing {
    border-inline-end-color: transparent;
  }
  .mark.offline {
    border-color: var(--_faint);
  }
  .mark.error {
    border-color: var(--_danger);
    border-radius: 2px;
  }

  .chart {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 0.75em;
  }
  .rows {
    display: grid;
    grid-template-rows: repeat(4, 1fr);
    color: var(--_quiet);
    font-size: var(--_size-1);
  }
  .rows li {
    align-content: center;
  }
  .chart svg {
    display: block;
    inline-size: 100%;
    block-size: 6em;
    border-radius: var(--_radius-small);
    background: var(--_raised);
  }
  .chart path {
    fill: none;
    vector-effect: non-scaling-stroke;
    stroke-width: 4;
    stroke: var(--_accent);
  }
  .chart .grid,
  .chart .step {
    stroke-width: 1;
    stroke: var(--_line);
  }
  .chart .step {
    stroke: var(--_line-strong);
  }
  .chart .syncing {
    stroke-dasharray: 5 3;
  }
  .chart .offline {
    stroke: var(--_faint);
  }
  .chart .error {
    stroke: var(--_danger);
  }
  /* Time runs as the page reads. */
  :host(:dir(rtl)) .chart svg {
    scale: -1 1;
  }
  details {
    margin-block-start: 0.5em;
    font-size: var(--_size-2);
  }
  summary {
    width: max-content;
    max-inline-size: 100%;
    padding-block: 0.25em;
    color: var(--_quiet);
    cursor: pointer;
  }
  details ol {
    display: grid;
    gap: 0.2em;
    padding-block: 0.35em;
  }
  details li {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }

  .columns {
    display: grid;
    gap: 1.1em 2em;
  }
  dl {
    display: grid;
    gap: 0.3em;
    margin: 0;
    font-size: var(--_size-2);
  }
  dl > div {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    padding-block-end: 0.3em;
    border-block-end: 1px solid var(--_line);
  }
  dt {
    color: var(--_quiet);
  }
  dd {
    margin: 0;
    text-align: end;
  }

  .switches,
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-end: 0.75em;
    font-size: var(--_size-2);
  }
  .button[aria-pressed='true'] {
    border-color: var(--_danger);
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  fieldset > .button {
    margin-inline-start: -0.9em;
    font-size: var(--_size-2);
  }
  .choice {
    display: grid;
    gap: 0.2em;
    color: var(--_quiet);
  }
  select {
    min-block-size: 2.25em;
    padding-inline: 0.6em;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-small);
    background: var(--_surface);
    color: var(--_text);
  }
  @media (pointer: coarse) {
    select,
    summary {
      min-block-size: 44px;
      align-content: center;
    }
  }

  .scroll {
    overflow-x: auto;
    margin-inline: -0.25em;
    padding-inline: 0.25em;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--_size-2);
  }
  th,
  td {
    padding: 0.35em 0.9em 0.35em 0;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }
  :is(th, td):dir(rtl) {
    padding: 0.35em 0 0.35em 0.9em;
  }
  thead th {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .behind {
    color: var(--_danger);
  }
  .aside {
    display: grid;
    gap: 0.4em;
    font-size: var(--_size-2);
  }

  @container (min-width: 40em) {
    .columns {
      grid-template-columns: 1fr 1fr;
    }
  }
`;
