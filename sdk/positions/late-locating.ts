import type { Group } from '../api.ts';
import type { LocateForOptions } from './locate-for-group.ts';
import type { Locating } from './locating.ts';

/**
 * Asks this device where it is, for a group, until it is stopped: all the time while it drives, now and then while its
 * person walks or stays. A page that nobody looks at gets no fixes: then the group is told of a pause. The first call
 * loads the code.
 *
 * @throws {TypeError} where its code cannot be loaded, as in a tunnel
 * @example
 * group.sharing('precise');
 * const locating = await locateFor(group, { from: navigator.geolocation, onProblem: console.warn });
 * locating.stop();
 */
export async function locateFor(
  group: Pick<Group, 'jamz' | 'reportPosition' | 'sharing' | 'sharing$'>,
  options: LocateForOptions,
): Promise<Locating> {
  const { locateForGroup } = await import('./locate-for-group.ts');
  return locateForGroup(group, options);
}
