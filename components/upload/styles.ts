import { type CSSResult, css } from 'lit';

export const uploadStyles: CSSResult = css`
  .frame {
    container-type: inline-size;
  }
  .zone {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    margin: calc(var(--_space) * 1.25);
    padding: calc(var(--_space) * 1.75) calc(var(--_space) * 2);
    border: 1.5px dashed var(--_line-strong);
    border-radius: var(--_radius-small);
    transition:
      background var(--_motion) var(--_ease),
      border-color var(--_motion) var(--_ease);
  }
  .zone[data-over] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
  }
  .zone-icon {
    display: grid;
    place-items: center;
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: 50%;
    background: var(--_accent-soft);
    color: var(--_accent);
  }
  .zone-words {
    flex: 1 1 9em;
    min-inline-size: 0;
  }
  .zone-title {
    font-weight: 500;
  }
  .zone-kinds {
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  @container (max-width: 419.9px) {
    .zone .button {
      flex: 1 1 100%;
    }
  }

  .lines {
    border-block-start: 1px solid var(--_line);
  }
  .line {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 0.5);
    padding: calc(var(--_space) * 1.25) calc(var(--_space) * 1.25) calc(var(--_space) * 1.25)
      calc(var(--_space) * 2);
  }
  .line + .line {
    border-block-start: 1px solid var(--_line);
  }
  .sign {
    align-self: start;
    margin-block-start: 0.05em;
    margin-inline-end: calc(var(--_space) * 1.25);
    color: var(--_quiet);
  }
  .line[data-mood='done'] .sign {
    color: var(--_accent);
  }
  .line[data-mood='failed'] :is(.sign, .state) {
    color: var(--_danger);
  }
  .what {
    flex: 1;
    min-inline-size: 0;
  }
  .state {
    color: var(--_quiet);
    font-size: var(--_size-2);
  }
  .track {
    block-size: 4px;
    margin-block: 0.45em 0.35em;
    overflow: clip;
    border-radius: 2px;
    background: var(--_line);
  }
  .track span {
    display: block;
    block-size: 100%;
    border-radius: inherit;
    background: var(--_accent);
    transition: inline-size var(--_motion) linear;
  }
  .line[data-mood='resting'] .track span {
    background: var(--_faint);
  }
  .track[data-processing] span {
    animation: pulse 0.9s ease-in-out infinite alternate;
  }
  @keyframes pulse {
    to {
      opacity: 0.35;
    }
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }
    .track span {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
