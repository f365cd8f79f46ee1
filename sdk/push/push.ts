import type { Live } from '../streams/live.ts';

/** News that a person may be told of while no page is open. */
export type PushKind =
  | 'message'
  | 'session-started'
  | 'session-planned'
  | 'member-joined'
  | 'track-added'
  | 'place-saved'
  | 'place-reached'
  | 'place-left';

export interface PushPreferences {
  readonly kinds: readonly PushKind[];
  /** Ids of groups of which nothing is told. */
  readonly mutedGroups: readonly string[];
  /** Nothing is told then: from and to as `22:00`, by the clock of the zone, as `Europe/Vienna`. */
  readonly quiet: { readonly from: string; readonly to: string; readonly zone: string } | null;
}

/**
 * `unsupported`: this page has no service worker or the browser no push; `denied`: the person said no, which only the
 * browser's own settings undo.
 */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

/** Push messages to this browser, and what its person wants to be told. */
export interface Push {
  /** Replays the last one. */
  readonly state$: Live<PushState>;
  /**
   * Asks the person, where they were not asked yet, and takes this browser in. **Call it in the handler of a tap**: no
   * browser asks otherwise.
   *
   * @param options `page`: where a tap on a message leads, by default this page without its fragment; `language`: by
   *   default the page's
   * @throws {JamzError} `forbidden` where the person says no or the site has push messages of its own; `unavailable`
   * @example
   * const push = await jamz.push();
   * button.onclick = () => push.enable();
   */
  enable(options?: { page?: string; language?: string }): Promise<void>;
  /** Nothing more comes to this browser. @throws {JamzError} `unavailable` */
  disable(): Promise<void>;
  /** @throws {JamzError} `unauthenticated`, `unavailable` */
  preferences(): Promise<PushPreferences>;
  /** Of all browsers of this person; what is absent stays. @throws {JamzError} `invalid`, `unavailable` */
  prefer(patch: Partial<PushPreferences>): Promise<PushPreferences>;
}
