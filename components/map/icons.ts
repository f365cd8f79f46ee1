import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const pinIcon: Icon = () =>
  icon(
    svg`<path d="M12 21s-6.7-5.9-6.7-11a6.7 6.7 0 0 1 13.4 0c0 5.1-6.7 11-6.7 11z"/><circle cx="12" cy="10" r="2.4"/>`,
  );
export const headingIcon: Icon = () =>
  icon(svg`<path d="m12 3.5 6.4 16.3-6.4-3.6-6.4 3.6z"/>`, true);
export const chevronIcon: Icon = () => icon(svg`<path d="m9 5.5 6.5 6.5L9 18.5"/>`);
export const minusIcon: Icon = () => icon(svg`<path d="M5 12h14"/>`);
export const pauseIcon: Icon = () => icon(svg`<path d="M8.5 6v12M15.5 6v12"/>`);
export const tunnelIcon: Icon = () =>
  icon(svg`<path d="M3.5 20v-7a8.5 8.5 0 0 1 17 0v7M8.5 20v-6.5a3.5 3.5 0 0 1 7 0v6.5"/>`);
