import type { WireGroup, WireUser } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';
import type { Live } from '../streams/live.ts';
import type { Http } from './http.ts';

/** `expired`: the person is known, but has to sign in again before the server listens. */
export type IdentityStatus = 'signed-out' | 'signed-in' | 'expired';

/** Who uses this replica, and the tokens that prove it. */
export interface Identity {
  readonly user$: Live<WireUser | null>;
  readonly status$: Live<IdentityStatus>;
  /** The last user is restored from storage; never waits for the network. */
  readonly ready: Promise<void>;
  /**
   * An access token with at least a minute to go, renewed where needed, one renewal at a time.
   *
   * @param rejected the token that the server has just refused: it is not given again
   * @throws {JamzError} `unauthenticated` when signed out or when the sign-in has ended; `unavailable` when
   * offline and the token at hand has run out
   */
  token(rejected?: string): Promise<string>;
  /** Forgets the access token at hand: the next {@link token} is a new one. */
  expired(): void;
  /** @throws {JamzError} `invalid`, `rate-limited`, `unavailable` */
  signUp(credentials: { email: string; password: string; name: string }): Promise<WireUser>;
  /** @throws {JamzError} `unauthenticated`, `rate-limited`, `unavailable` */
  signIn(credentials: { email: string; password: string; code?: string }): Promise<WireUser>;
  /** @throws {JamzError} `forbidden`, `not-found`, `gone`, `unavailable` */
  signInAsGuest(guest: { name: string; inviteCode?: string }): Promise<WireUser>;
  /** Here and in every tab at once; the server hears it now or when it is reached next. */
  signOut(): Promise<void>;
  close(): void;
}

/** What other tabs are told through, as a BroadcastChannel that only this identity uses. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  removeEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

export interface IdentityDeps {
  /** Without a bearer token: `createHttp({ server, fetch })`. */
  readonly http: Http;
  readonly server: string;
  readonly site: string;
  readonly namespace?: string;
  /** How the refresh token travels: `cookie` in browsers, `body` elsewhere (then it stays in memory). */
  readonly via: 'cookie' | 'body';
  readonly storage: KeyValue;
  /** Identity signed by the host's own backend. */
  readonly getToken?: (reason: 'start' | 'expired') => Promise<string>;
  /** This device's clock, ms since 1970. */
  readonly nowMs: () => number;
  readonly tabs?: TabChannel;
  /** Runs one at a time over all tabs (Web Locks): a refresh token works once. Default: at once. */
  readonly exclusive?: <T>(name: string, run: () => Promise<T>) => Promise<T>;
  /** The groups that came with a sign-in or a renewal. */
  readonly onGroups?: (groups: readonly WireGroup[]) => void;
}
