import { type CSSResult, css } from 'lit';

/** A sheet over the page, in the player's colours. */
export const sheetStyles: CSSResult = css`
  .sheet {
    inline-size: min(24em, 100vi - 2em);
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  .sheet::backdrop {
    background: #0006;
  }
  .sheet header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: calc(var(--_space) * 1.5) calc(var(--_space) * 1.5) 0 calc(var(--_space) * 2.5);
  }
  .sheet h2 {
    font-size: var(--_size-4);
    font-weight: 500;
  }
`;
