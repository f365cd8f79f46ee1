import type { Jamz } from '../../sdk/index.ts';

/** Asked before something is done. Cancelable: a page that calls `preventDefault()` does it in its own way. */
export interface RequestDetails {
  /** The person starts the group's music. */
  'jamz-request-play': { readonly positionMs: number };
  /** The person stops it for everybody. */
  'jamz-request-pause': { readonly positionMs: number };
  /** The person chooses another place in the track. */
  'jamz-request-seek': { readonly positionMs: number };
  /** The person goes on to the next track. */
  'jamz-request-next': Record<never, never>;
  /** The person goes back to the track before. */
  'jamz-request-previous': Record<never, never>;
  /** The person chooses a track of the playlist. */
  'jamz-request-select': { readonly itemId: string };
  /** The person likes a track, or no longer. */
  'jamz-request-like': { readonly itemId: string; readonly like: boolean };
  /** The person takes a track out of the playlist. */
  'jamz-request-remove': { readonly itemId: string };
  /** The person puts a track after another; `after` is null for the first place. */
  'jamz-request-move': { readonly itemId: string; readonly after: string | null };
  /** The person adds tracks. */
  'jamz-request-add-tracks': { readonly titles: readonly string[] };
  /** The person gives files to upload. */
  'jamz-request-upload': { readonly files: readonly File[] };
  /** The person shares where this device is, or stops. */
  'jamz-request-share-position': { readonly mode: 'precise' | 'coarse' | 'off' };
  /** The person wants a link to invite with. */
  'jamz-request-invite': Record<never, never>;
  /** The person gives somebody another role. */
  'jamz-request-role': { readonly memberId: string; readonly role: string };
  /** The person has confirmed that somebody is removed. */
  'jamz-request-remove-member': { readonly memberId: string; readonly ban: boolean };
  /** The person sent the form. */
  'jamz-request-sign-in': { readonly method: 'guest' | 'password' | 'sign-up' };
  /** The person has forgotten their password and wants a mail with a link for a new one. */
  'jamz-request-password-reset': { readonly email: string };
  /** The person wants to leave. */
  'jamz-request-sign-out': Record<never, never>;
  /** The person wants to sync now. */
  'jamz-request-sync': Record<never, never>;
  /** The person wants to answer the open questions about their profile, at this connection. */
  'jamz-request-conflicts': { readonly client: Jamz | undefined };
  /** The person has chosen, for each field in question, what stands. */
  'jamz-request-answer': { readonly fields: Readonly<Record<string, string | boolean | null>> };
  /** The person changes something about themselves. */
  'jamz-request-profile': {
    readonly name?: string;
    readonly aiOptIn?: boolean;
    readonly photoFileId?: string | null;
  };
  /** The person has confirmed that their account is deleted. */
  'jamz-request-delete-account': { readonly alsoFiles: boolean };
  /** The person tells the people of the site about a member. */
  'jamz-request-report': { readonly memberId: string; readonly reason: string };
  /** The person has confirmed that a track's file is taken down. */
  'jamz-request-take-down': { readonly itemId: string };
  /** The person asks the assistant. */
  'jamz-request-ask': { readonly text: string; readonly private: boolean };
  /** The person has confirmed what the assistant offered to do. */
  'jamz-request-action': { readonly id: string; readonly summary: string };
  /** The person wants a link that shows a past trip of the group; times in ms since 1970. */
  'jamz-request-share-trip': {
    readonly from: number;
    readonly until: number;
    readonly title?: string;
    readonly expiresAt: number;
  };
  /** The person says whether a shared trip may show them. */
  'jamz-request-answer-trip': { readonly id: string; readonly answer: 'yes' | 'no' };
  /** The person ends the link of a shared trip. */
  'jamz-request-end-trip-link': { readonly id: string };
  /** The person sends a message. */
  'jamz-request-send': { readonly text: string };
}

/** Told after something happened. */
export interface FactDetails {
  /** The group's music began to play. */
  'jamz-play': { readonly itemId: string; readonly positionMs: number };
  /** The group's music stopped. */
  'jamz-pause': { readonly itemId: string; readonly positionMs: number };
  /** Another track is the current one, or none. */
  'jamz-track-change': { readonly itemId: string | null; readonly title: string | null };
  /** The connection's state, or how many changes wait, is another. */
  'jamz-status-change': {
    readonly state: 'SYNCED' | 'SYNCING' | 'OFFLINE' | 'ERROR';
    readonly pending: number;
  };
  /** Something cannot be shown, or something that was done was refused. */
  'jamz-error': { readonly code: string; readonly message: string };
  /** Somebody is signed in, a guest or not. */
  'jamz-sign-in': { readonly userId: string; readonly name: string; readonly guest: boolean };
  /** Nobody is signed in any more. */
  'jamz-sign-out': Record<never, never>;
  /** An invitation was taken. */
  'jamz-join': { readonly groupId: string };
  /** A message was sent from here; without coverage it waits. */
  'jamz-message': { readonly text: string };
  /** There is a question about the profile that was not there before. */
  'jamz-conflict': { readonly field: string };
  /** A member reached or left a place of the group, who lets it know; told where it is news. */
  'jamz-visit': {
    readonly memberId: string;
    readonly placeId: string;
    readonly kind: 'arrived' | 'left';
    readonly atMs: number;
  };
  /** A past trip is being replayed, from this time on; ms since 1970. */
  'jamz-trip-play': { readonly atMs: number };
  /** Its replay rests, at this time of the trip. */
  'jamz-trip-pause': { readonly atMs: number };
  /** The person went to another time of the trip. */
  'jamz-trip-seek': { readonly atMs: number };
  /** A file is on the server. */
  'jamz-upload-done': { readonly fileId: string; readonly title: string };
}

/**
 * Asks the page around `element` whether the element may go on.
 *
 * @returns false when a listener called `preventDefault()`
 */
export function request<Type extends keyof RequestDetails>(
  element: EventTarget,
  type: Type,
  detail: RequestDetails[Type],
): boolean {
  return element.dispatchEvent(
    new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }),
  );
}

/** Tells the page around `element` what has happened. */
export function tell<Type extends keyof FactDetails>(
  element: EventTarget,
  type: Type,
  detail: FactDetails[Type],
): void {
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}

type CustomEvents<Details> = { [Type in keyof Details]: CustomEvent<Details[Type]> };

declare global {
  interface HTMLElementEventMap extends CustomEvents<RequestDetails>, CustomEvents<FactDetails> {}
}
