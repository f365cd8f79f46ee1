import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const sendIcon: Icon = () => icon(svg`<path d="M12 19.2V4.8m0 0-5.7 5.7M12 4.8l5.7 5.7"/>`);
export const stopIcon: Icon = () =>
  icon(svg`<rect x="7" y="7" width="10" height="10" rx="2"/>`, true);
export const privateIcon: Icon = () =>
  icon(
    svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2.2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  );
export const sparkIcon: Icon = () =>
  icon(
    svg`<path d="M11 4.5c.7 4 2.5 5.8 6.5 6.5-4 .7-5.8 2.5-6.5 6.5-.7-4-2.5-5.8-6.5-6.5 4-.7 5.8-2.5 6.5-6.5z"/><path d="M18.5 16.2v3.6m-1.8-1.8h3.6"/>`,
  );
