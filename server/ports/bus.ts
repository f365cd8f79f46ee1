import type { Scope, UserId } from '../../sdk/protocol/ids.ts';
import type { Commit, EndedScope, LiveMessage } from '../../sdk/protocol/wire.ts';

/** What one process tells all processes. At most once: whoever misses a message notices by the heads, or by `health`. */
export type BusMessage =
  | {
      readonly kind: 'commits';
      readonly scope: Scope;
      readonly commits: readonly Commit[];
      /** The same commits as JSON, where the publisher has that text already. */
      readonly json?: string;
    }
  | { readonly kind: 'live'; readonly message: LiveMessage }
  /** Somebody lacks what is only in memory: whoever has it tells it, with `live-known`. */
  | { readonly kind: 'live-asked' }
  /** What the sender knows of these scopes; nothing new to who has heard it all. */
  | { readonly kind: 'live-known'; readonly messages: readonly LiveMessage[] }
  /** The user's sockets leave the scope now. */
  | { readonly kind: 'ended'; readonly userId: UserId; readonly ended: EndedScope }
  /** The user's list of groups changed. */
  | { readonly kind: 'groups'; readonly userId: UserId }
  /** A person chose anew what is kept of where they were: what waits to be written is dropped. */
  | { readonly kind: 'history-chosen'; readonly userId: UserId }
  /** How many sockets of each site the sender has open; what it said before counts no more. */
  | {
      readonly kind: 'site-sockets';
      readonly processId: string;
      readonly counts: readonly (readonly [siteId: string, count: number])[];
    }
  /** A sign-in ended: the sockets that came with one of its tokens are closed. */
  | { readonly kind: 'signed-out'; readonly familyId: string };

/** Which process published a message: this one, or another. */
export type BusOrigin = 'here' | 'elsewhere';

export type BusListener = (message: BusMessage, origin: BusOrigin) => void;

/** How well the processes hear each other. The counts are of messages, since this process began. */
export interface BusHealth {
  /** False: what others publish now may not arrive, so what matters is asked of the store. */
  readonly isWhole: boolean;
  /** Other processes that are there, or were until they fell silent without a goodbye. */
  readonly others: number;
  readonly sent: number;
  readonly received: number;
  /** Could not be sent: others look into the store instead. */
  readonly dropped: number;
  /** How often something that others published may have been missed. Whoever sees it rise looks into the store. */
  readonly gaps: number;
  /** From here through the bus and back, when it was last measured. */
  readonly roundTripMs: number;
}

/** Port between the processes of one installation. */
export interface Bus {
  /** Listeners of this process have heard it when this returns; those of others hear it later, in the same order. */
  publish(message: BusMessage): void;
  /** @returns ends the subscription */
  subscribe(listener: BusListener): () => void;
  health(): BusHealth;
  /** Sends what still waits, where that is soon done. */
  close(): Promise<void>;
}
