import { html, svg, type TemplateResult } from 'lit';

/** A function, so that a bundle holds only what is drawn. */
export type Icon = () => TemplateResult;

/**
 * Drawn for these elements on a 24 grid: 1.75 strokes, round joints, two-pixel corners.
 * Decorative to assistive technology; the control around one carries the name.
 */
export function icon(drawing: TemplateResult, solid = false): TemplateResult {
  return html`<svg
    class=${solid ? 'icon solid' : 'icon'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    ${drawing}
  </svg>`;
}

export const heartIcon: Icon = () =>
  icon(
    svg`<path d="M12 20s-7.8-4.7-7.8-10.4A4.4 4.4 0 0 1 12 6.9a4.4 4.4 0 0 1 7.8 2.7C19.8 15.3 12 20 12 20z"/>`,
  );
export const heartFullIcon: Icon = () =>
  icon(
    svg`<path d="M12 20.7s-8.6-5-8.6-11.1A5.2 5.2 0 0 1 12 5.8a5.2 5.2 0 0 1 8.6 3.8c0 6.1-8.6 11.1-8.6 11.1z"/>`,
    true,
  );
export const warningIcon: Icon = () =>
  icon(
    svg`<path d="M10.6 4.7 3.3 17.4a1.6 1.6 0 0 0 1.4 2.4h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.7a1.6 1.6 0 0 0-2.8 0z"/><path d="M12 9.5v4.2m0 2.9v.1"/>`,
  );
export const offlineIcon: Icon = () =>
  icon(
    svg`<path d="M8 8.2A5.2 5.2 0 0 1 17 11a3.8 3.8 0 0 1 2.7 6.3M6.6 10.6A4.2 4.2 0 0 0 7.5 19h8.8"/><path d="m4 4 16 16"/>`,
  );
export const musicIcon: Icon = () =>
  icon(
    svg`<path d="M9.5 17.3V6.4l9.5-2v10.9"/><circle cx="7" cy="17.3" r="2.5"/><circle cx="16.5" cy="15.3" r="2.5"/>`,
  );
