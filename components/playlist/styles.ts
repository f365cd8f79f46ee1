import { type CSSResult, css } from 'lit';

export const playlistStyles: CSSResult = css`
  :host {
    max-block-size: 32em;
  }
  .frame {
    --_row: 3.5em;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    max-block-size: inherit;
    container-type: inline-size;
  }
  :host([density='compact']) .frame {
    --_row: 2.875em;
  }

  .header {
    display: flex;
    align-items: center;
    gap: var(--_space);
    min-block-size: 3.25em;
    padding: calc(var(--_space) * 0.5) calc(var(--_space) * 1.25) calc(var(--_space) * 0.5)
      calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
  }
  .header h2 {
    font-weight: 500;
  }
  .sum {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .toggle-edit {
    color: var(--_accent);
  }

  .part-bone {
    flex: none;
    block-size: 11em;
  }
  .part-failed {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: calc(var(--_space) * 2);
  }

  .scroller {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_line-strong) transparent;
  }
  .probe {
    position: absolute;
    block-size: var(--_row);
    inline-size: 0;
    visibility: hidden;
  }
  .rows {
    position: relative;
    margin-block: calc(var(--_space) * 0.75);
  }
  .toast {
    position: absolute;
    inset: auto var(--_space) var(--_space);
    z-index: 2;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space);
    padding: 0.3em 0.4em 0.3em 1em;
    border-radius: var(--_radius-small);
    background: var(--_text);
    color: var(--_surface);
    animation: rise var(--_motion) var(--_ease);
  }
  .toast .button {
    color: color-mix(in oklab, var(--_accent) 40%, var(--_surface));
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 0.5em;
    }
  }

  .bones {
    padding: calc(var(--_space) * 0.75) calc(var(--_space) * 2);
  }
  .bone-row {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    block-size: var(--_row);
  }
  .bone.heading {
    inline-size: 6em;
    block-size: 0.9em;
  }
  .bone.dot {
    inline-size: 1.75em;
    block-size: 1.75em;
  }
  .bone.line {
    inline-size: 55%;
    block-size: 0.8em;
  }
`;
