import type { Member } from '../../../sdk/index.ts';
import type { World } from './element-state.ts';
import { member } from './fake-group.ts';

/** Three who travel together, Ana being the one who looks. */
export const crew: readonly Member[] = [
  member('ana', 'Ana Novak', 'owner'),
  member('bo', 'Bo Lind', 'moderator'),
  member('chi', 'Chi Okafor', 'member'),
];

export function withCrew({ group }: World): void {
  group.members$.next(crew);
}
