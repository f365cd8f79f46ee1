import type { PushKind } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the parts say that open inside the profile. */
export interface PanelWords {
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

  readonly seenBy: string;
  readonly seenByMe: string;
  readonly seenByGroup: string;
  readonly seenByMeText: string;
  readonly seenByGroupText: string;
  readonly keep: string;
  readonly keepDays: (days: number) => string;
  readonly keepText: (siteDays: number) => string;
  readonly forget: string;
  readonly forgetAsk: string;
  readonly forgetYes: string;
  readonly forgotten: string;

  readonly takeAlong: string;
  readonly takeAlongText: string;
  readonly asJson: string;
  readonly asCsv: string;
  readonly deleteTitle: string;
  readonly deleteText: string;
  readonly deleteAsk: string;
  readonly deleteFiles: string;
  readonly deletePassword: string;
  readonly deleteYes: string;
  readonly wrongPassword: string;
  readonly passwordMissing: string;
  readonly show: string;
  readonly hide: string;
  readonly busy: string;
}

const en: PanelWords = {
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
  },
  quiet: 'Quiet hours',
  quietText: (zone) => `Nothing is shown then, by the clock of ${zone}.`,
  from: 'From',
  to: 'Until',

  seenBy: 'Who sees where you were',
  seenByMe: 'Only me',
  seenByGroup: 'My groups',
  seenByMeText: 'Where you are now is another matter: that is shared on the map.',
  seenByGroupText: 'Each group sees what you shared with it, while you both were in it.',
  keep: 'Keep it for',
  keepDays: (days) => (days === 0 ? 'Keep nothing' : days === 1 ? '1 day' : `${days} days`),
  keepText: (siteDays) => `This site keeps nothing for longer than ${siteDays} days.`,
  forget: 'Delete where I was',
  forgetAsk: 'Where you were is gone from all your groups then, for good.',
  forgetYes: 'Delete it',
  forgotten: 'It is deleted.',

  takeAlong: 'Take your data along',
  takeAlongText: 'All that is kept of you: what you gave, said, chose and uploaded.',
  asJson: 'Save as JSON',
  asCsv: 'Save as CSV',
  deleteTitle: 'Delete the account',
  deleteText: 'Your name, photo, messages and positions go from every group, for good.',
  deleteAsk: 'This cannot be undone. What you added to playlists stays, without your name.',
  deleteFiles: 'Delete the tracks that I uploaded, too',
  deletePassword: 'Your password',
  deleteYes: 'Delete for good',
  wrongPassword: 'The password is not right.',
  passwordMissing: 'Type your password.',
  show: 'Show the password',
  hide: 'Hide the password',
  busy: 'One moment',
};

export const panelWords: Dictionary<PanelWords> = { en };
