import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

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
export const syncIcon: Icon = () =>
  icon(
    svg`<path d="M19.3 10.5A7.6 7.6 0 0 0 5.7 7.7M4.7 13.5a7.6 7.6 0 0 0 13.6 2.8"/><path d="M5.3 4v4h4M18.7 20v-4h-4"/>`,
  );
export const uploadIcon: Icon = () =>
  icon(
    svg`<path d="M12 15.5V4.8m0 0L7.8 9M12 4.8 16.2 9"/><path d="M4.5 15.5v2.3a1.7 1.7 0 0 0 1.7 1.7h11.6a1.7 1.7 0 0 0 1.7-1.7v-2.3"/>`,
  );
