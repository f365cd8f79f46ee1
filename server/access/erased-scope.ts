import type { UserState } from '../../sdk/merge/states.ts';
import { serverReplicaId } from '../../sdk/protocol/ids.ts';

/**
 * Whether this was the own scope of somebody whose account is deleted. It is read from the log, so that whatever their
 * devices still had on the way is turned away, in whichever process it arrives: the server writes a name when somebody
 * signs up, and a photo only when it erases one.
 */
export function isErased({ fields }: Pick<UserState, 'fields'>): boolean {
  return fields.photoFileId?.replicaId === serverReplicaId;
}
