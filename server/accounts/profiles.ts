import { serverReplicaId, type UserId, userScope } from '../../sdk/protocol/ids.ts';
import type { ServerLog } from '../groups/group-log.ts';

/** What the server knows of a person, written into that person's own log, where all their devices read it. */
export interface Profiles {
  /**
   * Writes the name that somebody signed up with, or that their site gives them. A name that they have chosen
   * themselves stands.
   *
   * @returns the name that stands
   */
  introduce(userId: UserId, name: string): Promise<string>;
}

export function createProfiles(log: Pick<ServerLog, 'appendServerOps'>): Profiles {
  return {
    async introduce(userId, name) {
      let stands = name;
      await log.appendServerOps(userScope(userId), (state) => {
        const written = state.kind === 'user' ? state.fields.name : undefined;
        const isOwn = written !== undefined && written.replicaId !== serverReplicaId;
        stands = isOwn && typeof written.value === 'string' ? written.value : name;
        if (written?.value === stands) return [];
        return [{ type: 'profile.update', authorId: userId, payload: { name } }];
      });
      return stands;
    },
  };
}
