import { svg } from 'lit';
import { type Icon, icon } from '../shared/icon.ts';

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
export const volumeIcon: Icon = () =>
  icon(
    svg`<path d="M4 9.8v4.4h3.2L12 18.3V5.7L7.2 9.8z"/><path d="M15.3 9a4.2 4.2 0 0 1 0 6"/><path d="M17.9 6.6a7.6 7.6 0 0 1 0 10.8"/>`,
  );
export const repeatIcon: Icon = () =>
  icon(
    svg`<path d="M4.5 11V9.5A2.5 2.5 0 0 1 7 7h11.5m0 0-3-3m3 3-3 3"/><path d="M19.5 13v1.5A2.5 2.5 0 0 1 17 17H5.5m0 0 3 3m-3-3 3-3"/>`,
  );
export const shuffleIcon: Icon = () =>
  icon(
    svg`<path d="M4 7h2.4c1.3 0 2.5.7 3.2 1.8l3.8 6.4A3.7 3.7 0 0 0 16.6 17H20m0 0-2.7-2.7M20 17l-2.7 2.7"/><path d="M4 17h2.4c1.3 0 2.5-.7 3.2-1.8m3.8-6.4A3.7 3.7 0 0 1 16.6 7H20m0 0-2.7-2.7M20 7l-2.7 2.7"/>`,
  );
export const lockIcon: Icon = () =>
  icon(
    svg`<rect x="5.5" y="10.5" width="13" height="9.5" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>`,
  );
export const keyboardIcon: Icon = () =>
  icon(
    svg`<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.1M10.4 10h.1M13.7 10h.1M17 10h.1M8.5 14.3h7"/>`,
  );
