import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const moreIcon: Icon = () =>
  icon(
    svg`<circle cx="5.8" cy="12" r="1.6"/><circle cx="12" cy="12" r="1.6"/><circle cx="18.2" cy="12" r="1.6"/>`,
    true,
  );
export const copyIcon: Icon = () =>
  icon(
    svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5V6.3a1.8 1.8 0 0 0-1.8-1.8H6.3a1.8 1.8 0 0 0-1.8 1.8v7.4a1.8 1.8 0 0 0 1.8 1.8h2.2"/>`,
  );
