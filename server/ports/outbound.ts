/** What a host that a site named answered. */
export interface OutboundAnswer {
  readonly status: number;
  /** How long it asks to be left alone; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;
  /** At most as long as was asked for; what is longer is cut. */
  readonly body: string;
}

export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it: name, connection, answer. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** Requests to hosts that strangers name: nothing that is not on the public internet is reached by them. */
export interface Outbound {
  /**
   * Whether an address may be kept as one to ask, by its form alone.
   *
   * @returns why not, for a person to read; undefined where it may
   */
  refusalOf(url: string): string | undefined;
  /**
   * Posts once. Follows no redirect. The address that was checked is the one that is connected to, whatever the name
   * leads to a moment later.
   *
   * @throws {OutboundError} where there was no answer, or the host may not be asked
   */
  post(request: OutboundRequest): Promise<OutboundAnswer>;
}

/** Nobody answered. The message is for the people of the site, and tells nothing of this server's network. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
}
