import type { Sent } from '../api.ts';
import type { Scope } from '../protocol/ids.ts';
import type { OpType, Payloads } from '../protocol/payloads.ts';
import type { KeptNotice } from './kept-notices.ts';

export type Send = <Type extends OpType>(scope: Scope, type: Type, payload: Payloads[Type]) => Sent;

/** Writes what the person had written once more; what is malformed by now is refused like any other command. */
export function putBack(
  { kind, scope, subject, fields, whole }: KeptNotice,
  send: Send,
  newId: () => string,
): Sent | undefined {
  const mine = Object.fromEntries(fields.map(({ field, mine: value }) => [field, value]));
  const id = subject.slice(subject.indexOf(':') + 1);
  if (subject.startsWith('place:')) {
    if (kind === 'overtaken') return send(scope, 'places.update', { ...mine, placeId: id });
    // A removed place stays removed: another one takes its place.
    const place = { ...whole, ...mine, placeId: newId() } as Payloads['places.save'];
    return send(scope, 'places.save', place);
  }
  if (kind === 'removed') return undefined;
  if (subject === 'group') {
    const plain = Object.entries(mine).filter(([field]) => !field.startsWith('policies.'));
    const policies = Object.entries(mine).flatMap(([field, value]) =>
      field.startsWith('policies.') ? [[field.slice('policies.'.length), value] as const] : [],
    );
    const patch = {
      ...Object.fromEntries(plain),
      ...(policies.length > 0 && { policies: Object.fromEntries(policies) }),
    } as Payloads['group.update'];
    return send(scope, 'group.update', patch);
  }
  return send(scope, 'members.role', { ...mine, memberId: id } as Payloads['members.role']);
}
