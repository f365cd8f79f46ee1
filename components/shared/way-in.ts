import type { GroupAvailability } from '../../sdk/index.ts';
import type { Access } from './access.ts';

/** Whether an element can show its content yet, or has to say why not. */
export type WayIn = 'waiting' | 'open' | 'barred';

/** @param availability the group's own, from `group.availability$`; undefined while there is none */
export function wayIn(access: Access, availability: GroupAvailability | undefined): WayIn {
  if (access.kind === 'connecting') return 'waiting';
  if (access.kind !== 'ready') return 'barred';
  if (!availability || availability.kind === 'connecting') return 'waiting';
  return availability.kind === 'ready' ? 'open' : 'barred';
}
