import type { AiChatWords } from '../ai-chat/words.ts';
import type { ConflictWords } from '../conflict-dialog/words.ts';
import type { MapOptionsWords } from '../map/options-words.ts';
import type { MapVisitWords } from '../map/visit-words.ts';
import type { MapWords } from '../map/words.ts';
import type { MembersWords } from '../members/words.ts';
import type { MessagesWords } from '../messages/words.ts';
import type { EmptyWords } from '../player/empty-words.ts';
import type { KeyNames } from '../player/key-names.ts';
import type { SettingsWords } from '../player/settings-words.ts';
import type { VolumeWords } from '../player/volume-words.ts';
import type { PlayerWords } from '../player/words.ts';
import type { PlaylistWords } from '../playlist/words.ts';
import type { CodesWords } from '../profile/codes-words.ts';
import type { DataWords } from '../profile/data-words.ts';
import type { DevicesWords } from '../profile/devices-words.ts';
import type { HistoryWords } from '../profile/history-words.ts';
import type { PushWords } from '../profile/push-words.ts';
import type { SignInChangeWords } from '../profile/sign-in-words.ts';
import type { ProfileWords } from '../profile/words.ts';
import type { CommonWords } from '../shared/common-words.ts';
import type { CoreWords } from '../shared/core-words.ts';
import type { ErrandWords } from '../shared/errand.ts';
import type { UpgradeWords } from '../shared/upgrade-words.ts';
import type { VerificationWords } from '../shared/verification-words.ts';
import type { SignInWords } from '../sign-in/words.ts';
import type { NoticeWords } from '../sync-indicator/notice-words.ts';
import type { PanelWords } from '../sync-indicator/panel-words.ts';
import type { SyncWords } from '../sync-indicator/words.ts';
import type { InspectorWords } from '../sync-inspector/words.ts';
import type { TripShareWords } from '../trip/share-words.ts';
import type { TripWords } from '../trip/words.ts';
import type { UploadWords } from '../upload/words.ts';

/**
 * All that is said, by the element that says it: one file of these for each language. A
 * string that is missing there, or that nothing says any more, does not compile.
 */
export interface Tables {
  readonly shared: {
    readonly core: CoreWords;
    readonly common: Required<CommonWords>;
    readonly errand: ErrandWords;
    readonly upgrade: UpgradeWords;
    readonly verification: VerificationWords;
  };
  readonly 'ai-chat': { readonly words: AiChatWords };
  readonly 'conflict-dialog': { readonly words: ConflictWords };
  readonly map: {
    readonly words: MapWords;
    readonly options: MapOptionsWords;
    readonly visits: MapVisitWords;
  };
  readonly members: { readonly words: MembersWords };
  readonly messages: { readonly words: MessagesWords };
  readonly player: {
    readonly words: Required<PlayerWords>;
    readonly empty: EmptyWords;
    readonly keys: KeyNames;
    readonly volume: VolumeWords;
    readonly settings: SettingsWords;
  };
  readonly playlist: { readonly words: PlaylistWords };
  readonly profile: {
    readonly words: ProfileWords;
    readonly codes: CodesWords;
    readonly data: DataWords;
    readonly devices: DevicesWords;
    readonly history: HistoryWords;
    readonly push: PushWords;
    readonly 'sign-in': SignInChangeWords;
  };
  readonly 'sign-in': { readonly words: SignInWords };
  readonly 'sync-indicator': {
    readonly words: SyncWords;
    readonly panel: Required<Omit<PanelWords, keyof SyncWords>>;
    readonly notices: NoticeWords;
  };
  readonly 'sync-inspector': { readonly words: InspectorWords };
  readonly trip: { readonly words: TripWords; readonly share: TripShareWords };
  readonly upload: { readonly words: UploadWords };
}

/** Whose tables come in one file. */
export type Room = keyof Tables;

/** Names one table, as `player/volume`. */
export type TableName = { [R in Room]: `${R}/${keyof Tables[R] & string}` }[Room];

/** What elements speak beside English, which each brings along. */
export type Language = 'ar' | 'de' | 'es' | 'fr';
