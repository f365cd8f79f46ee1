import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { textOf } from './element-source.ts';

/** What a page gets with one event. */
export interface EventDetail {
  readonly name: string;
  /** `event.detail`, as a type. */
  readonly detail: string;
  readonly text: string;
  /** Asked before; `preventDefault()` keeps the element from doing it. */
  readonly cancelable: boolean;
}

/** Every event of the elements by its name, from `components/shared/events.ts`. */
export function eventDetails(): ReadonlyMap<string, EventDetail> {
  const file = resolve(import.meta.dirname, '../../components/shared/events.ts');
  const source = readFileSync(file, 'utf8');
  const asked = bodyOf(source, 'RequestDetails').map(detailOf(true));
  const told = bodyOf(source, 'FactDetails').map(detailOf(false));
  return new Map([...asked, ...told].map((one) => [one.name, one]));
}

type Member = readonly [comment: string, name: string, type: string];

function bodyOf(source: string, name: string): Member[] {
  const body = source.split(`export interface ${name} {\n`)[1]?.split('\n}')[0];
  if (body === undefined) throw new Error(`components/shared/events.ts has no ${name}`);
  const pattern =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?'(jamz-[\w-]+)':([\s\S]*?);(?=\s*(?:\/\*\*|'jamz|$))/g;
  return [...body.matchAll(pattern)].map(([, comment = '', event = '', type = '']) => [
    comment,
    event,
    type,
  ]);
}

function detailOf(cancelable: boolean): (member: Member) => EventDetail {
  return ([comment, name, type]) => ({
    name,
    detail: /Record<never, never>/.test(type)
      ? ''
      : type.replaceAll('readonly ', '').replace(/\s+/g, ' ').replace('; }', ' }').trim(),
    text: textOf(comment),
    cancelable,
  });
}
