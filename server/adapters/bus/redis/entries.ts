import type { Scope } from '../../../../sdk/protocol/ids.ts';
import type { Commit } from '../../../../sdk/protocol/wire.ts';
import type { BusMessage } from '../../../ports/bus.ts';

/** Several messages of one process as one entry of the stream. */
export interface Entry {
  /** Which process; another one after each start. */
  readonly sender: string;
  /** 1, 2, 3 … per sender: a number that is skipped is an entry that was lost, one that comes again was sent again. */
  readonly number: number;
  /** As {@link messageText} gives them; none in a mere sign of life. */
  readonly texts: readonly string[];
  /** The sender stops: nothing of it will come, and nothing is missed. */
  readonly isLast: boolean;
}

/** Field and value by turns, as a stream keeps them. */
export function fieldsOf({ sender, number, texts, isLast }: Entry): Record<string, string> {
  const fields: Record<string, string> = { s: sender, n: String(number) };
  if (isLast) fields['last'] = '1';
  for (const [index, text] of texts.entries()) fields[`m${index}`] = text;
  return fields;
}

/** @returns undefined for what is no entry of ours */
export function entryOf(fields: Readonly<Record<string, string>>): Entry | undefined {
  const sender = fields['s'];
  const number = Number(fields['n']);
  if (sender === undefined || !Number.isSafeInteger(number)) return undefined;
  const texts: string[] = [];
  for (let index = 0; ; index++) {
    const text = fields[`m${index}`];
    if (text === undefined) break;
    texts.push(text);
  }
  return { sender, number, texts, isLast: fields['last'] === '1' };
}

const commitsMark = 'c ';

export function messageText(message: BusMessage): string {
  if (message.kind !== 'commits') return JSON.stringify(message);
  const { scope, commits, json = JSON.stringify(commits) } = message;
  return `${commitsMark}${scope} ${json}`;
}

/** Commits stay text until somebody asks for them: most processes only pass them on, or have nobody who wants them. */
export function messageOf(text: string): BusMessage {
  if (!text.startsWith(commitsMark)) return JSON.parse(text);
  const end = text.indexOf(' ', commitsMark.length);
  const json = text.slice(end + 1);
  let parsed: readonly Commit[] | undefined;
  return {
    kind: 'commits',
    scope: text.slice(commitsMark.length, end) as Scope,
    json,
    get commits() {
      parsed ??= JSON.parse(json) as readonly Commit[];
      return parsed;
    },
  };
}
