import type { PushSubscriptionRecord } from './store.ts';

/** One message to one browser. */
export interface OutgoingPush {
  readonly to: Pick<PushSubscriptionRecord, 'endpoint' | 'p256dh' | 'auth'>;
  /** JSON that the browser alone can read; 3,000 bytes at most. */
  readonly text: string;
  /** How long its push service keeps it for a browser that is away. */
  readonly ttlS: number;
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high';
  /** One that was not delivered yet gives way to the next of the same topic: up to 32 characters of base64url. */
  readonly topic: string;
}

/** Port for push messages to browsers. Adapter: Web Push (RFC 8030, 8291, 8292). */
export interface PushSender {
  /** The key under which browsers subscribe, base64url. */
  readonly publicKey: string;
  /** Why an address may not be sent to, for a person to read; undefined where it may. By its form alone. */
  refusalOf(endpoint: string): string | undefined;
  /**
   * Resolves when the push service has it; `gone` where that browser takes no more.
   *
   * @throws {JamzError} `unavailable`, with how long to wait where the service says so; `too-large`, `invalid` and
   *   `forbidden` for what it will never take
   */
  send(push: OutgoingPush): Promise<'sent' | 'gone'>;
  close(): Promise<void>;
}
