import type { ErrorCode } from '../../sdk/index.ts';
import type { Dictionary } from '../shared/words.ts';

export interface UploadWords {
  readonly upload: string;
  readonly drop: string;
  readonly dropNow: string;
  readonly choose: string;
  readonly kinds: string;
  readonly files: string;
  readonly waiting: string;
  readonly offline: string;
  /** Where the file is in this page only. */
  readonly keepOpen: string;
  readonly sending: (sent: string, total: string) => string;
  readonly paused: (sent: string, total: string) => string;
  readonly processing: string;
  readonly done: string;
  readonly added: string;
  readonly duplicate: string;
  readonly cancelled: string;
  readonly pause: (name: string) => string;
  readonly resume: (name: string) => string;
  readonly cancel: (name: string) => string;
  readonly dismiss: (name: string) => string;
  readonly retry: (name: string) => string;
  readonly progress: (name: string) => string;
  readonly failed: Readonly<Partial<Record<ErrorCode, string>>>;
  readonly readOnly: string;
}

const en: UploadWords = {
  upload: 'Upload',
  drop: 'Drop audio files here',
  dropNow: 'Drop to upload',
  choose: 'Choose files',
  kinds: 'MP3, M4A, OGG, Opus, FLAC or WAV',
  files: 'Uploads',
  waiting: 'Waiting',
  offline: 'Uploads when there is a network',
  keepOpen: 'This device could not keep the file: leave this page open until it is uploaded.',
  sending: (sent, total) => `${sent} of ${total}`,
  paused: (sent, total) => `Paused at ${sent} of ${total}`,
  processing: 'Reading the track',
  done: 'Uploaded',
  added: 'In the playlist',
  duplicate: 'Was here already; nothing sent twice',
  cancelled: 'Cancelled',
  pause: (name) => `Pause ${name}`,
  resume: (name) => `Go on with ${name}`,
  cancel: (name) => `Cancel ${name}`,
  dismiss: (name) => `Take ${name} off this list`,
  retry: (name) => `Try ${name} again`,
  progress: (name) => `Upload of ${name}`,
  failed: {
    'unsupported-type': 'Not a sound file we can play. Choose MP3, M4A, OGG, FLAC or WAV.',
    'too-large': 'Too big. Choose a shorter or more compressed file.',
    'quota-exceeded': 'The group’s room is used up. Remove tracks first.',
    'storage-full': 'The server has no room left. Tell whoever runs it.',
    forbidden: 'You may not upload to this group.',
    gone: 'The file is no longer on this device. Choose it again.',
  },
  readOnly: 'You may not upload to this group',
};

export const uploadWords: Dictionary<UploadWords> = { of: 'upload/words', en };
