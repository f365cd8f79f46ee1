import { connect, type Group, type Jamz } from 'trafficjamz';

export interface ReplicaOptions {
  /** Separates this phone's storage and session from another's on the same page. */
  readonly namespace: string;
  /** What its owner is called. */
  readonly name: string;
  /** Joins the group of this invitation; without one, opens the group of `place`. */
  readonly inviteCode?: string;
  readonly place: string;
}

export interface Replica {
  readonly jamz: Jamz;
  /** Rejects with the JamzError that stands in the way; asking again tries again. */
  openGroup(): Promise<Group>;
}

/** One phone: a replica with a store, a session and a group. */
export function openReplica(options: ReplicaOptions, memory: Storage): Replica {
  const { namespace, name, inviteCode, place } = options;
  const jamz = connect({ server: location.origin, site: 'pk_demo', namespace });
  const key = `playground ${namespace} ${inviteCode ?? place}`;

  return {
    jamz,
    async openGroup() {
      const earlier = await jamz.session.restored;
      if (!earlier) {
        await jamz.session.signInAsGuest({ name, ...(inviteCode ? { inviteCode } : {}) });
      }
      // A reload in a tunnel still knows its group.
      const known = earlier && memory.getItem(key);
      if (known) return jamz.group(known);
      const group = inviteCode ? await jamz.joinGroup(inviteCode) : await jamz.openGroup(place);
      memory.setItem(key, group.id);
      return group;
    },
  };
}
