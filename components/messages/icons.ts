import { svg } from 'lit';
import { type Icon, icon } from '../shared/icons.ts';

export const arrowIcon: Icon = () =>
  icon(svg`<path d="M4.8 12h14.4m0 0-5.7-5.7m5.7 5.7-5.7 5.7"/>`);
export const arcIcon: Icon = () => icon(svg`<path d="M12 4.2a7.8 7.8 0 0 1 7.8 7.8"/>`);
