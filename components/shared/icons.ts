import { svg } from 'lit';
import { type Icon, icon } from './icon.ts';

// Icons that several elements draw; each has its own beside it.
export {
  heartFullIcon,
  heartIcon,
  type Icon,
  icon,
  musicIcon,
  offlineIcon,
  warningIcon,
} from './icon.ts';

export const checkIcon: Icon = () => icon(svg`<path d="m5 12.6 4.6 4.6L19 7.6"/>`);
export const peopleIcon: Icon = () =>
  icon(
    svg`<circle cx="9" cy="8.6" r="3.3"/><path d="M3.3 19c.4-3.2 2.7-5 5.7-5s5.3 1.8 5.7 5"/><path d="M15.6 5.7a3 3 0 0 1 0 5.8m1.9 2.9c1.8.6 3 2.2 3.3 4.6"/>`,
  );
export const personIcon: Icon = () =>
  icon(svg`<circle cx="12" cy="8.4" r="3.6"/><path d="M5 19.5c.5-3.6 3.3-5.6 7-5.6s6.5 2 7 5.6"/>`);
export const closeIcon: Icon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const plusIcon: Icon = () => icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const linkIcon: Icon = () =>
  icon(
    svg`<path d="M10 13.8a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.1l-1 1"/><path d="M14 10.2a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>`,
  );
export const trashIcon: Icon = () =>
  icon(
    svg`<path d="M5 7h14M9.5 7V5.3c0-.7.6-1.3 1.3-1.3h2.4c.7 0 1.3.6 1.3 1.3V7M6.8 7l.8 11.3c0 .9.8 1.7 1.7 1.7h5.4c.9 0 1.7-.8 1.7-1.7L17.2 7"/>`,
  );
