import type { PartCode } from '../shared/late-parts.ts';

export type PartName = 'upgrade' | 'sign-in' | 'codes' | 'push' | 'devices' | 'history' | 'data';

/** What opens inside the profile, from top to bottom; the code of each comes when it is opened. */
export const parts: Readonly<Record<PartName, () => Promise<PartCode>>> = {
  upgrade: () => import('../shared/upgrade-form.ts'),
  'sign-in': () => import('./sign-in-panel.ts'),
  codes: () => import('./codes-panel.ts'),
  push: () => import('./push-panel.ts'),
  devices: () => import('./devices-panel.ts'),
  history: () => import('./history-panel.ts'),
  data: () => import('./data-panel.ts'),
};
