import { type CSSResult, css } from 'lit';

/** What only a device that sounds can show: where the group is while it is elsewhere, waiting, and trouble. */
export const soundStyles: CSSResult = css`
  .ghost {
    display: none;
    position: absolute;
    inset-block: 0;
    left: var(--_ghost, 0%);
    inline-size: 2px;
    border-inline-start: 2px dotted var(--_quiet);
    translate: -1px 0;
    pointer-events: none;
  }
  .ghost::before {
    content: '';
    position: absolute;
    inset-block-start: -0.25em;
    left: -0.35em;
    inline-size: 0.55em;
    block-size: 0.55em;
    border: 2px solid var(--_quiet);
    border-radius: 50%;
    background: var(--_surface);
  }
  .bar[data-ghost] .ghost {
    display: block;
  }

  /* Waiting for sound: stripes on the bar itself. */
  .bar[data-buffering]::before {
    content: '';
    position: absolute;
    --_stripe: color-mix(in oklab, var(--_accent) 22%, transparent);
    inset-block: 25%;
    inset-inline: 0;
    border-radius: 0.4em;
    background: linear-gradient(
      -45deg,
      var(--_stripe) 25%,
      transparent 25% 50%,
      var(--_stripe) 50% 75%,
      transparent 75%
    );
    background-size: 1em 1em;
    animation: march 0.8s linear infinite;
    mask-image: linear-gradient(90deg, transparent, #000 8%, #000 92%, transparent);
  }
  @keyframes march {
    from {
      background-position-x: 0;
    }
    to {
      background-position-x: 1em;
    }
  }

  .foot.trouble {
    align-items: start;
    background: var(--_danger-soft);
    color: var(--_text);
  }
  .trouble .icon {
    color: var(--_danger);
  }
  .trouble strong {
    font-weight: 500;
  }
`;
