import { type CSSResult, css, html, nothing, type TemplateResult } from 'lit';
import { initials } from './initials.ts';

/** Whose face it is. */
export interface Faced {
  readonly id: string;
  readonly name: string;
  /** The address of a square picture. */
  readonly photo?: string | undefined;
}

/** A hue for a person, 0 … 359: the same on every device, and spread so that a small group looks different. */
export function personHue(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) {
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  }
  // Names and ids often differ in their last letter only: mix once more, then take golden-angle steps.
  hash ^= hash >>> 15;
  return Math.round(((Math.imul(hash, 0x2c1b3c6d) >>> 0) * 137.508) % 360);
}

/**
 * A person's picture, or their initials on their colour: also while the picture loads, and where it cannot be had.
 * Decorative: the name stands beside it or names the control.
 */
export function face({ id, name, photo }: Faced): TemplateResult {
  // Set as a property: a `style` attribute would fall to a page's content security policy.
  return html`<span class="face" part="face" aria-hidden="true" .style=${`--_hue: ${personHue(id)}`}
    >${initials(name)}${
      photo
        ? html`<img
            alt=""
            src=${photo}
            crossorigin="anonymous"
            decoding="async"
            draggable="false"
            @load=${show}
            @error=${show}
          />`
        : nothing
    }</span
  >`;
}

/** A picture that cannot be had leaves the initials to be seen; the next one at its place is seen again. */
function show({ type, target }: Event): void {
  if (target instanceof HTMLImageElement) {
    target.style.visibility = type === 'load' ? '' : 'hidden';
  }
}

/** Looks of `face`: 2.25em wide, or `--_face`. White on these lightnesses passes 4.5 : 1 at every hue. */
export const faceStyles: CSSResult = css`
  .face {
    display: inline-grid;
    place-items: center;
    flex: none;
    position: relative;
    overflow: clip;
    inline-size: var(--_face, 2.25em);
    block-size: var(--_face, 2.25em);
    border-radius: 50%;
    background: oklch(0.52 0.13 var(--_hue, 200));
    color: #fff;
    font-weight: 600;
    letter-spacing: 0.02em;
    line-height: 1;
    user-select: none;
  }
  .face img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
`;
