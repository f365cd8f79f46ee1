import type { KeptNotice } from './kept-notices.ts';
import type { NoticeValue } from './notice.ts';

/** One sentence: who changed what, and what the person had written. */
export function textOf({ kind, subject, title, fields, byName }: KeptNotice): string {
  const who = byName ?? 'Somebody';
  const thing = subject === 'group' ? 'the group' : `“${title}”`;
  if (kind === 'removed') {
    return `${who} removed ${thing} while you were changing ${list(fields.map(({ field }) => wordFor(field)))}.`;
  }
  const what = list(fields.map(({ field }) => wordFor(field)));
  const [first] = fields;
  const readable = fields.length === 1 && first && isReadable(first.field);
  const values = readable ? `: it is ${say(first.theirs)} now, yours was ${say(first.mine)}` : '';
  return `${who} changed ${what} of ${thing} when you did${values}.`;
}

const words: Readonly<Record<string, string>> = {
  name: 'the name',
  lat: 'the position',
  lng: 'the position',
  photoFileId: 'the photo',
  role: 'the role',
  'policies.join': 'who may join',
  'policies.add': 'who may add music',
  'policies.control': 'who may control the music',
};

function wordFor(field: string): string {
  return words[field] ?? field;
}

/** Degrees and file ids say nothing to a person. */
function isReadable(field: string): boolean {
  return field === 'name' || field === 'role' || field.startsWith('policies.');
}

function say(value: NoticeValue): string {
  return value === null || value === '' ? 'empty' : `“${value}”`;
}

function list(parts: readonly string[]): string {
  const unique = [...new Set(parts)];
  const last = unique.pop() ?? '';
  return unique.length === 0 ? last : `${unique.join(', ')} and ${last}`;
}
