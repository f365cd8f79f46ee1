/**
 * What a Web Push message of ours carries, as JSON. `jamz` marks it as ours: a host's own worker leaves it alone, and
 * ours leaves a host's.
 */
export interface PushMessageBody {
  /** Version of this shape. */
  readonly jamz: 1;
  /** A message that is delivered twice is shown once. */
  readonly id: string;
  /** What it is about, as `session-planned`. */
  readonly kind: string;
  /** Null where it is about no group. */
  readonly groupId: string | null;
  readonly title: string;
  readonly body: string;
  /** Where a tap leads; an address of another origin than the page's leads to the page's start. */
  readonly url: string;
  /** When it was sent, ms since 1970 by the server's clock. */
  readonly at: number;
}

/** Longest texts that are shown; a push service takes 4 kB in all (RFC 8030, section 7.2). */
const maxChars = 1_000;

/** @returns undefined for what is not ours */
export function readPushMessage(json: unknown): PushMessageBody | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { jamz, id, kind, groupId, title, body, url, at } = json as Record<string, unknown>;
  if (jamz !== 1 || !isText(id) || id === '' || !isText(kind) || !isText(title)) return undefined;
  if (!isText(body) || !isText(url) || typeof at !== 'number') return undefined;
  if (groupId !== null && !isText(groupId)) return undefined;
  return { jamz, id, kind, groupId, title, body, url, at };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxChars;
}
