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
export const closeIcon: Icon = () => icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const plusIcon: Icon = () => icon(svg`<path d="M12 5v14M5 12h14"/>`);
