import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const playIcon: Icon = () =>
  icon(
    svg`<path d="M8 5.3v13.4a.9.9 0 0 0 1.4.8l10-6.7a.9.9 0 0 0 0-1.6l-10-6.7A.9.9 0 0 0 8 5.3z"/>`,
    true,
  );
export const restIcon: Icon = () =>
  icon(
    svg`<path d="M7.2 5h2.6c.4 0 .7.3.7.7v12.6c0 .4-.3.7-.7.7H7.2a.7.7 0 0 1-.7-.7V5.7c0-.4.3-.7.7-.7zm7 0h2.6c.4 0 .7.3.7.7v12.6c0 .4-.3.7-.7.7h-2.6a.7.7 0 0 1-.7-.7V5.7c0-.4.3-.7.7-.7z"/>`,
    true,
  );
export const laterIcon: Icon = () => icon(svg`<path d="m6 6.5 7 5.5-7 5.5zM17.5 6.5v11"/>`);
export const earlierIcon: Icon = () => icon(svg`<path d="m18 6.5-7 5.5 7 5.5zM6.5 6.5v11"/>`);
export const messageIcon: Icon = () =>
  icon(
    svg`<path d="M5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 3.6V16h-1A1.5 1.5 0 0 1 4 14.5v-8A1.5 1.5 0 0 1 5.5 5z"/>`,
  );
export const linkIcon: Icon = () =>
  icon(
    svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7L12 17.7"/>`,
  );
