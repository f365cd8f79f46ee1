import type { PushKind } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the switch of notifications says. */
export interface PushWords {
  readonly push: string;
  readonly pushText: string;
  readonly pushUnsupported: string;
  readonly pushInstall: string;
  readonly pushDenied: string;
  readonly pushDeniedHow: string;
  readonly pushRefused: string;
  readonly pushUnreachable: string;
  readonly about: string;
  readonly kinds: Readonly<Record<PushKind, string>>;
  readonly quiet: string;
  readonly quietText: (zone: string) => string;
  readonly from: string;
  readonly to: string;
}

const en: PushWords = {
  push: 'Messages to this browser',
  pushText: 'Shown while this page is closed.',
  pushUnsupported: 'This page or this browser cannot show messages while the page is closed.',
  pushInstall:
    'On this device, messages come to apps on the home screen only. Tap Share, then “Add to Home Screen”, and open it from there.',
  pushDenied: 'The browser blocks messages of this site.',
  pushDeniedHow:
    'To allow them, open the site’s settings beside the address, set Notifications to Allow, and reload this page.',
  pushRefused: 'Nothing was switched on: the browser has no permission of yours.',
  pushUnreachable:
    'The message service of this browser, or the server, cannot be reached. Try again when you are online.',
  about: 'Tell me when',
  kinds: {
    message: 'somebody writes',
    'session-started': 'the music starts',
    'session-planned': 'a session is planned',
    'member-joined': 'somebody joins',
    'track-added': 'a track is added',
    'place-saved': 'a place is saved',
    'place-reached': 'somebody reaches a place',
    'place-left': 'somebody leaves a place',
  },
  quiet: 'Quiet hours',
  quietText: (zone) => `Nothing is shown then, by the clock of ${zone}.`,
  from: 'From',
  to: 'Until',
};

export const pushWords: Dictionary<PushWords> = { of: 'profile/push', en };
