import { type CSSResult, css } from 'lit';

/** How long, private places, devices: at the foot of the sheet. */
export const shareOptionsStyles: CSSResult = css`
  .share-options {
    display: grid;
    gap: 0.9em;
    padding-block: 0.4em 0.2em;
  }
  .share-options legend,
  .share-options h3 {
    margin: 0;
    padding: 0 0 0.4em;
    font-size: var(--_size-2);
    font-weight: 500;
  }
  .share-options .segments {
    display: grid;
    grid-template-columns: 1fr 1fr;
    background: none;
    padding: 0;
    gap: 0.35em;
  }
  .share-options .segments span {
    background: var(--_hover);
    border-radius: var(--_radius-small);
    text-align: center;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .share-options .segments input:checked + span {
    background: var(--_accent-soft);
    color: var(--_text);
    box-shadow: inset 0 0 0 1.5px var(--_accent);
  }
  .share-options .check {
    display: flex;
    gap: 0.65em;
    font-size: var(--_size-2);
    cursor: pointer;
  }
  .share-options .check input {
    flex: none;
    inline-size: 1.3em;
    block-size: 1.3em;
    margin: 0;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  .share-options .check small {
    display: block;
    color: var(--_quiet);
    font-size: inherit;
  }
  .private,
  .primary-device {
    display: grid;
    gap: 0.5em;
    justify-items: start;
  }
  .private ul {
    justify-self: stretch;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .private li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5em;
    font-size: var(--_size-2);
  }
  .private li + li {
    border-block-start: 1px solid var(--_line);
  }
`;
