import { JamzError } from '../../sdk/protocol/errors.ts';
import { groupScope } from '../../sdk/protocol/ids.ts';
import type { Catalogue } from '../sites/catalogue.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { FileRouteDeps } from './files-deps.ts';

/**
 * The address of a track of a site's own catalogue, for members of the group that has it in its playlist. It is asked
 * for as the file `<group>.<item>`; no file has an id with a full stop in it.
 */
export function catalogueAddresses({
  logs,
  catalogue,
}: {
  readonly logs: Pick<ScopeLogs, 'admit'>;
  readonly catalogue: Catalogue;
}): NonNullable<FileRouteDeps['trackAddress']> {
  return async (actor, fileId, row) => {
    const [groupId, itemId, ...rest] = fileId.split('.');
    if (!groupId || !itemId || rest.length > 0) return undefined;
    const { state } = await logs.admit(actor, row, groupScope(groupId));
    const item = state.kind === 'group' ? state.playlist.items.get(itemId) : undefined;
    if (item?.trackId === undefined) {
      throw new JamzError('not-found', 'There is no such track in this playlist');
    }
    return catalogue.resolve(actor.siteId, item.trackId);
  };
}
