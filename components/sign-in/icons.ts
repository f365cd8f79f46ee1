import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const eyeIcon: Icon = () =>
  icon(
    svg`<path d="M2.8 12S6.2 5.8 12 5.8s9.2 6.2 9.2 6.2-3.4 6.2-9.2 6.2S2.8 12 2.8 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  );
