import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { Commit, EndedScope, LiveMessage } from '../../sdk/protocol/wire.ts';

/** What one process tells the gateways of all processes. At most once: whoever misses a message notices by the heads. */
export type BusMessage =
  | {
      readonly kind: 'commits';
      readonly scope: Scope;
      readonly commits: readonly Commit[];
      /** The same commits as JSON, where the publisher has that text already. */
      readonly json?: string;
    }
  | { readonly kind: 'live'; readonly message: LiveMessage }
  /** The user's sockets leave the scope now. */
  | { readonly kind: 'ended'; readonly userId: UserId; readonly ended: EndedScope }
  /** The user's list of groups changed. */
  | { readonly kind: 'groups'; readonly userId: UserId }
  /** A sign-in ended: the sockets that came with one of its tokens are closed. */
  | { readonly kind: 'signed-out'; readonly familyId: string };

export interface Bus {
  publish(message: BusMessage): void;
  /** @returns ends the subscription */
  subscribe(listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}
