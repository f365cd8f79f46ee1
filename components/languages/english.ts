import { aiChatWords } from '../ai-chat/words.ts';
import { conflictWords } from '../conflict-dialog/words.ts';
import { mapOptionsWords } from '../map/options-words.ts';
import { mapVisitWords } from '../map/visit-words.ts';
import { mapWords } from '../map/words.ts';
import { membersWords } from '../members/words.ts';
import { messagesWords } from '../messages/words.ts';
import { emptyWords } from '../player/empty-words.ts';
import { keyNames } from '../player/key-names.ts';
import { settingsWords } from '../player/settings-words.ts';
import { volumeWords } from '../player/volume-words.ts';
import { playerWords } from '../player/words.ts';
import { playlistWords } from '../playlist/words.ts';
import { codesWords } from '../profile/codes-words.ts';
import { dataWords } from '../profile/data-words.ts';
import { devicesWords } from '../profile/devices-words.ts';
import { historyWords } from '../profile/history-words.ts';
import { pushWords } from '../profile/push-words.ts';
import { signInChangeWords } from '../profile/sign-in-words.ts';
import { profileWords } from '../profile/words.ts';
import { commonWords } from '../shared/common-words.ts';
import { coreWords } from '../shared/core-words.ts';
import { errandWords } from '../shared/errand.ts';
import { upgradeWords } from '../shared/upgrade-words.ts';
import { verificationWords } from '../shared/verification-words.ts';
import { signInWords } from '../sign-in/words.ts';
import { noticeWords } from '../sync-indicator/notice-words.ts';
import { panelWords } from '../sync-indicator/panel-words.ts';
import { syncWords } from '../sync-indicator/words.ts';
import { inspectorWords } from '../sync-inspector/words.ts';
import { tripShareWords } from '../trip/share-words.ts';
import { tripWords } from '../trip/words.ts';
import { uploadWords } from '../upload/words.ts';
import type { TableName } from './tables.ts';

/** Every table in English, for the tests that hold the other languages against it. */
export const english: Readonly<Record<TableName, object>> = {
  'ai-chat/words': aiChatWords.en,
  'conflict-dialog/words': conflictWords.en,
  'map/options': mapOptionsWords.en,
  'map/visits': mapVisitWords.en,
  'map/words': mapWords.en,
  'members/words': membersWords.en,
  'messages/words': messagesWords.en,
  'player/empty': emptyWords.en,
  'player/keys': keyNames.en,
  'player/settings': settingsWords.en,
  'player/volume': volumeWords.en,
  'player/words': playerWords.en,
  'playlist/words': playlistWords.en,
  'profile/codes': codesWords.en,
  'profile/data': dataWords.en,
  'profile/devices': devicesWords.en,
  'profile/history': historyWords.en,
  'profile/push': pushWords.en,
  'profile/sign-in': signInChangeWords.en,
  'profile/words': profileWords.en,
  'shared/common': commonWords.en,
  'shared/core': coreWords.en,
  'shared/errand': errandWords.en,
  'shared/upgrade': upgradeWords.en,
  'shared/verification': verificationWords.en,
  'sign-in/words': signInWords.en,
  'sync-indicator/notices': noticeWords.en,
  'sync-indicator/panel': panelWords.en,
  'sync-indicator/words': syncWords.en,
  'sync-inspector/words': inspectorWords.en,
  'trip/share': tripShareWords.en,
  'trip/words': tripWords.en,
  'upload/words': uploadWords.en,
};
