import type { Jamz } from '../../sdk/index.ts';

/** Asked before something is done. Cancelable: a page that calls `preventDefault()` does it in its own way. */
export interface RequestDetails {
  'jamz-request-play': { readonly positionMs: number };
  'jamz-request-pause': { readonly positionMs: number };
  'jamz-request-seek': { readonly positionMs: number };
  'jamz-request-next': Record<never, never>;
  'jamz-request-previous': Record<never, never>;
  'jamz-request-select': { readonly itemId: string };
  'jamz-request-like': { readonly itemId: string; readonly like: boolean };
  'jamz-request-remove': { readonly itemId: string };
  'jamz-request-move': { readonly itemId: string; readonly after: string | null };
  'jamz-request-add-tracks': { readonly titles: readonly string[] };
  'jamz-request-upload': { readonly files: readonly File[] };
  'jamz-request-share-position': { readonly mode: 'precise' | 'coarse' | 'off' };
  'jamz-request-invite': Record<never, never>;
  'jamz-request-role': { readonly memberId: string; readonly role: string };
  'jamz-request-remove-member': { readonly memberId: string; readonly ban: boolean };
  'jamz-request-sign-in': { readonly method: 'guest' | 'password' | 'sign-up' };
  'jamz-request-sign-out': Record<never, never>;
  'jamz-request-sync': Record<never, never>;
  /** The person wants to answer the open questions about their profile, at this connection. */
  'jamz-request-conflicts': { readonly client: Jamz | undefined };
  /** The person has chosen, for each field in question, what stands. */
  'jamz-request-answer': { readonly fields: Readonly<Record<string, string | boolean | null>> };
  'jamz-request-profile': { readonly name?: string; readonly aiOptIn?: boolean };
  'jamz-request-send': { readonly text: string };
}

/** Told after something happened. */
export interface FactDetails {
  'jamz-play': { readonly itemId: string; readonly positionMs: number };
  'jamz-pause': { readonly itemId: string; readonly positionMs: number };
  'jamz-track-change': { readonly itemId: string | null; readonly title: string | null };
  'jamz-status-change': {
    readonly state: 'SYNCED' | 'SYNCING' | 'OFFLINE' | 'ERROR';
    readonly pending: number;
  };
  'jamz-error': { readonly code: string; readonly message: string };
  'jamz-sign-in': { readonly userId: string; readonly name: string; readonly guest: boolean };
  'jamz-sign-out': Record<never, never>;
  /** An invitation was taken. */
  'jamz-join': { readonly groupId: string };
  /** A message was sent from here; without coverage it waits. */
  'jamz-message': { readonly text: string };
  /** There is a question about the profile that was not there before. */
  'jamz-conflict': { readonly field: string };
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
