import type { JamzError } from '../protocol/errors.ts';

/** What a link needs to be opened, asked anew for each attempt. */
export interface LinkOptions {
  readonly server: string;
  readonly site: string;
  readonly token: string;
  readonly version: number;
}

/** Why an attempt did not end in an open link, or an open one ended. */
export interface LinkFailure {
  /** `link`: no answer came. `server`: the server was reached and said no, or failed. */
  readonly kind: 'link' | 'server';
  readonly error: JamzError;
}

export interface LinkEvents {
  opened(): void;
  /** Once, and nothing after it. */
  closed(failure: LinkFailure): void;
  /** A server's message; see `sdk/protocol/wire.ts`. */
  message(event: string, payload: unknown): void;
}

/** One open or opening connection. */
export interface Link {
  /**
   * Sends an event and waits for its answer.
   *
   * @throws {JamzError} the code of the answer; `unavailable` when none came in time or the link closed meanwhile
   */
  request<T>(event: string, payload: unknown, timeoutMs: number): Promise<T>;
  /** Ends it; `closed` is not called. */
  close(): void;
}

/** Port for the connection to a server. Adapters: Socket.IO, in-memory loopback. */
export type OpenLink = (options: LinkOptions, events: LinkEvents) => Link;

/** What a replica goes over: the network, or what stands for it. */
export interface Over {
  readonly openLink: OpenLink;
  readonly fetch: typeof fetch;
}
