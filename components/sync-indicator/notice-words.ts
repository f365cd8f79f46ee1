import type { Dictionary } from '../shared/words.ts';

/** What the panel says of changes that others overtook; it comes with the panel. */
export interface NoticeWords {
  readonly title: (count: number) => string;
  readonly somebody: string;
  readonly changedBy: (who: string, what: string) => string;
  readonly removedBy: (who: string, what: string) => string;
  readonly yours: (field: string, mine: string) => string;
  readonly yoursAndTheirs: (field: string, mine: string, theirs: string) => string;
  readonly empty: string;
  readonly quoted: (value: string) => string;
  readonly putBack: string;
  readonly dismiss: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

const en: NoticeWords = {
  title: (count) => (count === 1 ? '1 change overtaken' : `${count} changes overtaken`),
  somebody: 'Somebody',
  changedBy: (who, what) => `${who} changed “${what}” when you did`,
  removedBy: (who, what) => `${who} removed “${what}” while you were changing it`,
  yours: (field, mine) => `${field}: yours was ${mine}`,
  yoursAndTheirs: (field, mine, theirs) => `${field}: now ${theirs}, yours was ${mine}`,
  empty: 'empty',
  quoted: (value) => `“${value}”`,
  putBack: 'Put mine back',
  dismiss: 'Dismiss',
  fields: {
    name: 'Name',
    lat: 'Position',
    photoFileId: 'Photo',
    role: 'Role',
    'policies.join': 'Who may join',
    'policies.add': 'Who may add music',
    'policies.control': 'Who may control the music',
  },
  values: {
    open: 'anyone',
    invited: 'by invitation',
    everyone: 'everyone',
    owners: 'owners only',
    chosen: 'chosen members',
    owner: 'owner',
    moderator: 'moderator',
    member: 'member',
  },
};

export const noticeWords: Dictionary<NoticeWords> = { of: 'sync-indicator/notices', en };
