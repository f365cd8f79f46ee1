import type { Message } from '../merge/states.ts';
import type { GroupId } from '../protocol/ids.ts';
import type { Http } from './http.ts';

/** Messages said before one that is known, oldest first; none where that was the first. */
export async function olderMessages(
  http: Http,
  groupId: GroupId,
  before: string,
  limit = 50,
): Promise<readonly Message[]> {
  const query = new URLSearchParams({ before, limit: String(limit) });
  const path = `groups/${encodeURIComponent(groupId)}/messages?${query}`;
  const { messages } = await http('GET', path, undefined, { expects: isPage });
  return messages;
}

function isPage(json: unknown): json is { readonly messages: readonly Message[] } {
  const { messages } = (json ?? {}) as { messages?: unknown };
  return Array.isArray(messages) && messages.every(isMessage);
}

function isMessage(json: unknown): json is Message {
  const { messageId, authorId, text, sentAtMs } = (json ?? {}) as Record<string, unknown>;
  const texts = [messageId, authorId, text];
  return texts.every((one) => typeof one === 'string') && typeof sentAtMs === 'number';
}
