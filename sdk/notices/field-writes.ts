import type { ScopeState } from '../merge/states.ts';
import type { Hlc } from '../protocol/hlc.ts';
import type { Op } from '../protocol/ops.ts';
import type { NoticeValue } from './notice.ts';

/** What was written to: `group`, `place:<id>` or `member:<id>`. */
export type Subject = 'group' | `place:${string}` | `member:${string}`;

export type Fields = Readonly<Record<string, NoticeValue>>;

/** Op types that write or remove what others may be writing at the same time. */
export const watchedTypes: ReadonlySet<string> = new Set<Op['type']>([
  'places.update',
  'places.remove',
  'group.update',
  'members.role',
  'members.leave',
  'members.remove',
]);

/** The fields that an op writes to something that is there already; undefined for any other op. */
export function writtenBy(op: Op): { subject: Subject; fields: Fields } | undefined {
  switch (op.type) {
    case 'places.update': {
      const { placeId, ...fields } = op.payload;
      return { subject: `place:${placeId}`, fields: withoutGaps(fields) };
    }
    case 'group.update': {
      const { policies = {}, ...fields } = op.payload;
      const rules = Object.entries(policies).map(([name, rule]) => [`policies.${name}`, rule]);
      return {
        subject: 'group',
        fields: withoutGaps({ ...fields, ...Object.fromEntries(rules) }),
      };
    }
    case 'members.role':
      return { subject: `member:${op.payload.memberId}`, fields: { role: op.payload.role } };
    default:
      return undefined;
  }
}

/** What an op removes. */
export function removedBy(op: Op): Subject | undefined {
  switch (op.type) {
    case 'places.remove':
      return `place:${op.payload.placeId}`;
    case 'members.remove':
      return `member:${op.payload.memberId}`;
    case 'members.leave':
      return `member:${op.authorId}`;
    default:
      return undefined;
  }
}

/** What stands of a subject, and by which stamps; undefined where it is gone. A role follows the log and has none. */
export function standing(
  state: ScopeState,
  subject: Subject,
): { readonly title: string; readonly fields: Fields; readonly stamps: Stamps } | undefined {
  if (state.kind !== 'group') return undefined;
  const id = subject.slice(subject.indexOf(':') + 1);
  if (subject === 'group') {
    const { info, stamps } = state.info;
    const rules = Object.entries(info.policies).map(([name, rule]) => [`policies.${name}`, rule]);
    const fields = { name: info.name, photoFileId: info.photoFileId };
    return { title: info.name, fields: { ...fields, ...Object.fromEntries(rules) }, stamps };
  }
  if (subject.startsWith('place:')) {
    const place = state.places.get(id);
    if (!place || place.removed) return undefined;
    const { name, lat, lng, stamps } = place;
    return { title: name, fields: { name, lat, lng }, stamps };
  }
  const member = state.members.present.get(id);
  return member && { title: member.name, fields: { role: member.role }, stamps: {} };
}

type Stamps = Readonly<Record<string, Hlc>>;

function withoutGaps(fields: Readonly<Record<string, NoticeValue | undefined>>): Fields {
  const known: Record<string, NoticeValue> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) known[name] = value;
  }
  return known;
}
