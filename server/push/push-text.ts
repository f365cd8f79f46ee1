import { createHash } from 'node:crypto';
import type { PushMessageBody } from '../../sdk/protocol/push-message.ts';
import type { OutgoingPush } from '../ports/push.ts';
import type { PushEvent, PushKind } from './push-events.ts';

/** What one browser is sent of an event: what it shows, and nothing else. */
export interface PushWording {
  readonly groupId: string;
  readonly groupName: string;
  readonly authorName: string;
  readonly language: string;
  /** In whose zone times are told; undefined: they are told in UTC. */
  readonly zone: string | undefined;
  /** Where a tap leads. */
  readonly page: string;
}

const maxTitleChars = 80;
const maxBodyChars = 200;

export function pushText(event: PushEvent, wording: PushWording): string {
  const { groupId, groupName, page: url } = wording;
  const body: PushMessageBody = {
    ...{ jamz: 1, id: event.opId, kind: event.kind, groupId, url, at: event.atMs },
    title: cut(groupName, maxTitleChars),
    body: cut(sentenceOf(event, wording), maxBodyChars),
  };
  return JSON.stringify(body);
}

/** How long it is worth keeping for a browser that is away, and how much it is worth waking a phone for. */
export function deliveryOf(
  { kind }: PushEvent,
  groupId: string,
): Omit<OutgoingPush, 'to' | 'text'> {
  const isUrgent = kind === 'message' || kind === 'session-started';
  return {
    ttlS: kind === 'session-started' ? 600 : 4 * 3_600,
    urgency: isUrgent ? 'high' : 'normal',
    // Nothing that a push service could read: of one group and kind the newest is delivered late, not all.
    topic: createHash('sha256').update(`${groupId} ${kind}`).digest('base64url').slice(0, 32),
  };
}

type Words = Readonly<Record<PushKind, (who: string, text: string, when: string) => string>>;

const english: Words = {
  message: (who, text) => `${who}: ${text}`,
  'session-started': (who) => `${who} has started the music`,
  'session-planned': (who, _text, when) => `${who} plans to listen together: ${when}`,
  'member-joined': (_who, text) => `${text} has joined`,
  'track-added': (who, text) => `${who} added “${text}”`,
  'place-saved': (who, text) => `${who} saved a place: ${text}`,
  'place-reached': (who, text) => `${who} has arrived: ${text}`,
  'place-left': (who, text) => `${who} has left: ${text}`,
};

const german: Words = {
  message: (who, text) => `${who}: ${text}`,
  'session-started': (who) => `${who} hat die Musik gestartet`,
  'session-planned': (who, _text, when) => `${who} plant gemeinsames Hören: ${when}`,
  'member-joined': (_who, text) => `${text} ist dabei`,
  'track-added': (who, text) => `${who} hat „${text}“ hinzugefügt`,
  'place-saved': (who, text) => `${who} hat einen Ort gespeichert: ${text}`,
  'place-reached': (who, text) => `${who} ist angekommen: ${text}`,
  'place-left': (who, text) => `${who} ist weitergezogen: ${text}`,
};

const languages: Readonly<Record<string, Words>> = { en: english, de: german };

function sentenceOf(event: PushEvent, { authorName, language, zone }: PushWording): string {
  const [main = 'en'] = language.toLowerCase().split('-');
  const words = languages[main] ?? english;
  const when =
    event.whenMs === null ? '' : timeOf(event.whenMs, languages[main] ? main : 'en', zone);
  return words[event.kind](authorName, event.text, when);
}

function timeOf(atMs: number, language: string, zone: string | undefined): string {
  return new Intl.DateTimeFormat(language, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    ...{ timeZone: zone ?? 'UTC', ...(zone === undefined ? { timeZoneName: 'short' } : {}) },
  }).format(atMs);
}

/** On one line, and cut between characters as people see them. */
function cut(text: string, maxChars: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const shown = [...line];
  return shown.length <= maxChars ? line : `${shown.slice(0, maxChars - 1).join('')}…`;
}
