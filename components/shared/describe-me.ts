import type { Group, Jamz } from '../../sdk/index.ts';

/** Who somebody is: in their profile, in the groups that they are in, and in the one that is shown. */
export function describeMe(
  jamz: Jamz,
  patch: { readonly name?: string; readonly photoFileId?: string | null },
  shown?: Group,
): void {
  jamz.updateProfile(patch);
  const groups = new Set(jamz.groups$.value.map(({ id }) => jamz.group(id)));
  if (shown) groups.add(shown);
  for (const group of groups) group.describeMe(patch);
}
