import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const handleIcon: Icon = () =>
  icon(
    svg`<circle cx="9.2" cy="6.5" r="1.4"/><circle cx="14.8" cy="6.5" r="1.4"/><circle cx="9.2" cy="12" r="1.4"/><circle cx="14.8" cy="12" r="1.4"/><circle cx="9.2" cy="17.5" r="1.4"/><circle cx="14.8" cy="17.5" r="1.4"/>`,
    true,
  );
export const queueIcon: Icon = () =>
  icon(svg`<path d="M4 7h11M4 12h11M4 17h6.5"/><path d="m15.5 14.5 4.5 2.7-4.5 2.8z"/>`);
