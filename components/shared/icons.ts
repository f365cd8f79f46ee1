import { html, svg, type TemplateResult } from 'lit';

/** Functions, so that a bundle holds only the icons that its elements draw. */
export type Icon = () => TemplateResult;

/**
 * Drawn for these elements on a 24 grid: 1.75 strokes, round joints, two-pixel corners.
 * Decorative to assistive technology; the control around one carries the name.
 */
function icon(drawing: TemplateResult, solid = false): TemplateResult {
  return html`<svg
    class=${solid ? 'icon solid' : 'icon'}
    viewBox="0 0 24 24"
    aria-hidden="true"
    focusable="false"
  >
    ${drawing}
  </svg>`;
}

export const playIcon: Icon = () =>
  icon(
    svg`<path d="M8 5.6c0-1 1.1-1.6 2-1.1l9.6 6.4a1.3 1.3 0 0 1 0 2.2L10 19.5c-.9.5-2-.1-2-1.1z"/>`,
    true,
  );
export const pauseIcon: Icon = () =>
  icon(
    svg`<rect x="6" y="4.5" width="4.2" height="15" rx="1.3"/><rect x="13.8" y="4.5" width="4.2" height="15" rx="1.3"/>`,
    true,
  );
export const nextIcon: Icon = () =>
  icon(
    svg`<path d="M5 6.3c0-.9 1-1.4 1.7-.9l8.2 5.7a1.1 1.1 0 0 1 0 1.8l-8.2 5.7c-.7.5-1.7 0-1.7-.9z"/><rect x="16.8" y="5" width="2.4" height="14" rx="1.2"/>`,
    true,
  );
export const previousIcon: Icon = () =>
  icon(
    svg`<path d="M19 6.3c0-.9-1-1.4-1.7-.9l-8.2 5.7a1.1 1.1 0 0 0 0 1.8l8.2 5.7c.7.5 1.7 0 1.7-.9z"/><rect x="4.8" y="5" width="2.4" height="14" rx="1.2"/>`,
    true,
  );
export const heartIcon: Icon = () =>
  icon(
    svg`<path d="M12 20s-7.8-4.7-7.8-10.4A4.4 4.4 0 0 1 12 6.9a4.4 4.4 0 0 1 7.8 2.7C19.8 15.3 12 20 12 20z"/>`,
  );
export const heartFullIcon: Icon = () =>
  icon(
    svg`<path d="M12 20.7s-8.6-5-8.6-11.1A5.2 5.2 0 0 1 12 5.8a5.2 5.2 0 0 1 8.6 3.8c0 6.1-8.6 11.1-8.6 11.1z"/>`,
    true,
  );
export const volumeIcon: Icon = () =>
  icon(
    svg`<path d="M4 9.8v4.4h3.2L12 18.3V5.7L7.2 9.8z"/><path d="M15.3 9a4.2 4.2 0 0 1 0 6"/><path d="M17.9 6.6a7.6 7.6 0 0 1 0 10.8"/>`,
  );
export const muteIcon: Icon = () =>
  icon(
    svg`<path d="M4 9.8v4.4h3.2L12 18.3V5.7L7.2 9.8z"/><path d="m16 9.7 4.6 4.6m0-4.6L16 14.3"/>`,
  );
export const uploadIcon: Icon = () =>
  icon(
    svg`<path d="M12 15.5V4.8m0 0L7.8 9M12 4.8 16.2 9"/><path d="M4.5 15.5v2.3a1.7 1.7 0 0 0 1.7 1.7h11.6a1.7 1.7 0 0 0 1.7-1.7v-2.3"/>`,
  );
export const handleIcon: Icon = () =>
  icon(
    svg`<circle cx="9.2" cy="6.5" r="1.4"/><circle cx="14.8" cy="6.5" r="1.4"/><circle cx="9.2" cy="12" r="1.4"/><circle cx="14.8" cy="12" r="1.4"/><circle cx="9.2" cy="17.5" r="1.4"/><circle cx="14.8" cy="17.5" r="1.4"/>`,
    true,
  );
export const checkIcon: Icon = () => icon(svg`<path d="m5 12.6 4.6 4.6L19 7.6"/>`);
export const warningIcon: Icon = () =>
  icon(
    svg`<path d="M10.6 4.7 3.3 17.4a1.6 1.6 0 0 0 1.4 2.4h14.6a1.6 1.6 0 0 0 1.4-2.4L13.4 4.7a1.6 1.6 0 0 0-2.8 0z"/><path d="M12 9.5v4.2m0 2.9v.1"/>`,
  );
export const peopleIcon: Icon = () =>
  icon(
    svg`<circle cx="9" cy="8.6" r="3.3"/><path d="M3.3 19c.4-3.2 2.7-5 5.7-5s5.3 1.8 5.7 5"/><path d="M15.6 5.7a3 3 0 0 1 0 5.8m1.9 2.9c1.8.6 3 2.2 3.3 4.6"/>`,
  );
export const personIcon: Icon = () =>
  icon(svg`<circle cx="12" cy="8.4" r="3.6"/><path d="M5 19.5c.5-3.6 3.3-5.6 7-5.6s6.5 2 7 5.6"/>`);
export const pinIcon: Icon = () =>
  icon(
    svg`<path d="M12 21s-6.7-5.9-6.7-11a6.7 6.7 0 0 1 13.4 0c0 5.1-6.7 11-6.7 11z"/><circle cx="12" cy="10" r="2.4"/>`,
  );
export const arrowIcon: Icon = () =>
  icon(svg`<path d="M4.8 12h14.4m0 0-5.7-5.7m5.7 5.7-5.7 5.7"/>`);
export const headingIcon: Icon = () =>
  icon(svg`<path d="m12 3.5 6.4 16.3-6.4-3.6-6.4 3.6z"/>`, true);
export const chevronIcon: Icon = () => icon(svg`<path d="m9 5.5 6.5 6.5L9 18.5"/>`);
export const closeIcon: Icon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const plusIcon: Icon = () => icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const linkIcon: Icon = () =>
  icon(
    svg`<path d="M10 13.8a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.1l-1 1"/><path d="M14 10.2a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>`,
  );
export const moreIcon: Icon = () =>
  icon(
    svg`<circle cx="5.8" cy="12" r="1.6"/><circle cx="12" cy="12" r="1.6"/><circle cx="18.2" cy="12" r="1.6"/>`,
    true,
  );
export const repeatIcon: Icon = () =>
  icon(
    svg`<path d="M4.5 11V9.5A2.5 2.5 0 0 1 7 7h11.5m0 0-3-3m3 3-3 3"/><path d="M19.5 13v1.5A2.5 2.5 0 0 1 17 17H5.5m0 0 3 3m-3-3 3-3"/>`,
  );
export const shuffleIcon: Icon = () =>
  icon(
    svg`<path d="M4 7h2.4c1.3 0 2.5.7 3.2 1.8l3.8 6.4A3.7 3.7 0 0 0 16.6 17H20m0 0-2.7-2.7M20 17l-2.7 2.7"/><path d="M4 17h2.4c1.3 0 2.5-.7 3.2-1.8m3.8-6.4A3.7 3.7 0 0 1 16.6 7H20m0 0-2.7-2.7M20 7l-2.7 2.7"/>`,
  );
export const offlineIcon: Icon = () =>
  icon(
    svg`<path d="M8 8.2A5.2 5.2 0 0 1 17 11a3.8 3.8 0 0 1 2.7 6.3M6.6 10.6A4.2 4.2 0 0 0 7.5 19h8.8"/><path d="m4 4 16 16"/>`,
  );
export const syncIcon: Icon = () =>
  icon(
    svg`<path d="M19.3 10.5A7.6 7.6 0 0 0 5.7 7.7M4.7 13.5a7.6 7.6 0 0 0 13.6 2.8"/><path d="M5.3 4v4h4M18.7 20v-4h-4"/>`,
  );
export const arcIcon: Icon = () => icon(svg`<path d="M12 4.2a7.8 7.8 0 0 1 7.8 7.8"/>`);
export const musicIcon: Icon = () =>
  icon(
    svg`<path d="M9.5 17.3V6.4l9.5-2v10.9"/><circle cx="7" cy="17.3" r="2.5"/><circle cx="16.5" cy="15.3" r="2.5"/>`,
  );
export const trashIcon: Icon = () =>
  icon(
    svg`<path d="M5 7h14M9.5 7V5.3c0-.7.6-1.3 1.3-1.3h2.4c.7 0 1.3.6 1.3 1.3V7M6.8 7l.8 11.3c0 .9.8 1.7 1.7 1.7h5.4c.9 0 1.7-.8 1.7-1.7L17.2 7"/>`,
  );
export const lockIcon: Icon = () =>
  icon(
    svg`<rect x="5.5" y="10.5" width="13" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  );
export const keyboardIcon: Icon = () =>
  icon(
    svg`<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.1M10.4 10h.1M13.7 10h.1M17 10h.1M8.5 14.3h7"/>`,
  );
export const queueIcon: Icon = () =>
  icon(svg`<path d="M4 7h11M4 12h11M4 17h6.5"/><path d="m15.5 14.5 4.5 2.7-4.5 2.8z"/>`);
export const minusIcon: Icon = () => icon(svg`<path d="M5 12h14"/>`);
export const copyIcon: Icon = () =>
  icon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5V6.3a1.8 1.8 0 0 0-1.8-1.8H6.3a1.8 1.8 0 0 0-1.8 1.8v7.4a1.8 1.8 0 0 0 1.8 1.8h2.2"/>`,
  );
export const eyeIcon: Icon = () =>
  icon(
    svg`<path d="M2.8 12S6.2 5.8 12 5.8s9.2 6.2 9.2 6.2-3.4 6.2-9.2 6.2S2.8 12 2.8 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  );
