import type { ErrorCode } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

/** What the profile says. */
export interface ProfileWords {
  readonly title: string;
  readonly guest: string;
  readonly photo: string;
  readonly photoBusy: string;
  readonly photoRemove: string;
  readonly photoProblem: Readonly<Partial<Record<ErrorCode, string>>>;
  readonly name: string;
  readonly nameHint: string;
  readonly nameMissing: string;
  readonly save: string;
  readonly saved: string;
  readonly savedHere: string;
  readonly elsewhere: (name: string) => string;
  readonly assistant: string;
  readonly assistantHint: string;
  /** The parts that open. */
  readonly parts: Readonly<
    Record<'upgrade' | 'sign-in' | 'codes' | 'push' | 'devices' | 'history' | 'data', string>
  >;
  readonly conflicts: (count: number) => string;
  readonly signOut: string;
  readonly signOutGuest: string;
  readonly signOutWaiting: (count: number) => string;
  readonly stay: string;
  readonly signedOutText: string;
}

const en: ProfileWords = {
  title: 'Profile',
  guest: 'Here as a guest',
  photo: 'Choose a photo',
  photoBusy: 'Sending the photo',
  photoRemove: 'Remove the photo',
  photoProblem: {
    unavailable: 'A photo needs the network. Try again when you are online.',
    'unsupported-type': 'This is no picture that can be shown. Take a JPEG, PNG or WebP.',
    'too-large': 'This picture is too large. Take one of up to 12 MB.',
    'quota-exceeded': 'There is no room for more of your files on this site.',
    'rate-limited': 'That was a lot of pictures. Try again in a while.',
  },
  name: 'Your name',
  nameHint: 'As the others see it.',
  nameMissing: 'Type the name the others should see.',
  save: 'Save',
  saved: 'Saved',
  savedHere: 'Saved on this device, sent when there is coverage.',
  elsewhere: (name) => `It is “${name}” since you began to type: changed on another device.`,
  assistant: 'Assistant',
  assistantHint: 'May read this group’s music, messages and places to answer you.',
  parts: {
    upgrade: 'Keep this account',
    'sign-in': 'E-mail and password',
    codes: 'Two-step sign-in',
    push: 'Notifications',
    devices: 'Signed-in devices',
    history: 'Where you were',
    data: 'Your data and account',
  },
  conflicts: (count) => (count === 1 ? '1 question for you' : `${count} questions for you`),
  signOut: 'Sign out',
  signOutGuest: 'A guest who signs out cannot come back as the same person.',
  signOutWaiting: (count) =>
    count === 1
      ? '1 change was not sent yet. It is sent when you sign in here again.'
      : `${count} changes were not sent yet. They are sent when you sign in here again.`,
  stay: 'Stay',
  signedOutText: 'Sign in to see your profile.',
};

export const profileWords: Dictionary<ProfileWords> = { of: 'profile/words', en };
