import type {
  Conflict,
  GroupSummary,
  Jamz,
  Live,
  Notice,
  Profile,
  SetAsideEntry,
  SyncStatus,
  Upload,
  User,
} from '../../../sdk/index.ts';
import { useJamz } from './jamz-provider.ts';
import { useLive } from './use-live.ts';

/** Who is signed in; null for nobody. */
export function useUser(jamz?: Jamz): User | null | undefined {
  return useStream(jamz, (jamz) => jamz.session.user$);
}

/** How the replica stands, what waits, and when it tries again. */
export function useSyncStatus(jamz?: Jamz): SyncStatus | undefined {
  return useStream(jamz, (jamz) => jamz.status$);
}

/** What was refused or given up, each with its reason, `retry()` and `discard()`. */
export function useSetAside(jamz?: Jamz): readonly SetAsideEntry[] | undefined {
  return useStream(jamz, (jamz) => jamz.setAside$);
}

/** Questions that only the person can answer. */
export function useConflicts(jamz?: Jamz): readonly Conflict[] | undefined {
  return useStream(jamz, (jamz) => jamz.conflicts$);
}

/** What the person should know and did not ask for. */
export function useNotices(jamz?: Jamz): readonly Notice[] | undefined {
  return useStream(jamz, (jamz) => jamz.notices$);
}

export function useProfile(jamz?: Jamz): Profile | null | undefined {
  return useStream(jamz, (jamz) => jamz.profile$);
}

/** The groups that this person is in. */
export function useGroups(jamz?: Jamz): readonly GroupSummary[] | undefined {
  return useStream(jamz, (jamz) => jamz.groups$);
}

/** Uploads that are not over, and those that ended while this page was open. */
export function useUploads(jamz?: Jamz): readonly Upload[] | undefined {
  return useStream(jamz, (jamz) => jamz.uploads.list$);
}

/** A stream of the connection that is given, or of the nearest provider's. Undefined until there is one. */
function useStream<T>(given: Jamz | undefined, pick: (jamz: Jamz) => Live<T>): T | undefined {
  const around = useJamz();
  const jamz = given ?? around;
  return useLive(jamz && pick(jamz));
}
