import { type CSSResult, css } from 'lit';

/** The frame that a map has before, and while, it is one. */
export const shellStyles: CSSResult = css`
  :host {
    block-size: 30em;
    container-type: inline-size;
  }
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .frame.centred {
    display: grid;
    place-content: center;
  }
  .stage {
    flex: 1;
    min-block-size: 8em;
  }
  .stage.bone {
    border-radius: 0;
  }
`;
