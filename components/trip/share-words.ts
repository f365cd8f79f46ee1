import type { Dictionary } from '../shared/words.ts';

/** What the panel says in which a trip is shared. */
export interface TripShareWords {
  readonly title: string;
  readonly text: string;
  readonly name: string;
  readonly expiry: string;
  readonly day: string;
  readonly week: string;
  readonly month: string;
  readonly make: string;
  readonly links: string;
  readonly linkTo: (title: string) => string;
  readonly sharedBy: (name: string) => string;
  readonly expires: (when: string) => string;
  readonly copy: string;
  readonly copied: string;
  readonly mine: string;
  readonly yes: string;
  readonly no: string;
  readonly you: string;
  readonly left: string;
  readonly answers: Readonly<Record<'yes' | 'no' | 'none yet', string>>;
  readonly end: string;
}

const en: TripShareWords = {
  title: 'Share this trip',
  text: 'A link shows it to whoever has the address, until it expires. Everybody who was there is asked: only who says yes is in it.',
  name: 'Title',
  expiry: 'The link works for',
  day: '1 day',
  week: '1 week',
  month: '30 days',
  make: 'Make a link',
  links: 'Links of this group',
  linkTo: (title) => `Link to ${title}`,
  sharedBy: (name) => `Shared by ${name}`,
  expires: (when) => `Expires ${when}`,
  copy: 'Copy link',
  copied: 'Copied',
  mine: 'May this link show you?',
  yes: 'Yes, show me',
  no: 'No',
  you: 'You',
  left: 'Somebody who left',
  answers: { yes: 'Agreed', no: 'Not in it', 'none yet': 'Has not answered' },
  end: 'End this link',
};

export const tripShareWords: Dictionary<TripShareWords> = { of: 'trip/share', en };
