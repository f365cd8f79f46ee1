import type { Dictionary } from '../shared/words.ts';

/** What the list of signed-in devices says. */
export interface DevicesWords {
  readonly thisDevice: string;
  readonly lastUsed: (when: string) => string;
  readonly signOutDevice: (name: string) => string;
  readonly signOut: string;
  readonly signedOutDevice: (name: string) => string;
  readonly signOutElsewhere: string;
  readonly elsewhereAsk: string;
  readonly signedOutElsewhere: string;
  readonly onlyHere: string;
  readonly cancel: string;
}

const en: DevicesWords = {
  thisDevice: 'This device',
  lastUsed: (when) => `Last used ${when}`,
  signOutDevice: (name) => `Sign out ${name}`,
  signOut: 'Sign out',
  signedOutDevice: (name) => `${name} is signed out.`,
  signOutElsewhere: 'Sign out everywhere else',
  elsewhereAsk: 'All devices but this one need your password again.',
  signedOutElsewhere: 'You are signed in on this device only.',
  onlyHere: 'You are signed in nowhere else.',
  cancel: 'Cancel',
};

export const devicesWords: Dictionary<DevicesWords> = { of: 'profile/devices', en };
