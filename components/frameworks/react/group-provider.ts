import {
  type Context,
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { Group } from '../../../sdk/index.ts';
import { type Access, connecting } from '../../shared/access.ts';
import { resolveGroup } from '../../shared/group-resolver.ts';
import { inTime } from '../../shared/timers.ts';
import { connectionContext } from './jamz-provider.ts';

/** Which group; without any of these, the one of the page's own path. */
export interface GroupProviderProps {
  /** A group's id. */
  readonly id?: string;
  /** A place of a site with policy `open`, which makes the group on first use. */
  readonly place?: string;
  readonly group?: Group;
  readonly children?: ReactNode;
}

const accessContext: Context<Access> = createContext<Access>(connecting);

/**
 * Finds a group through the nearest `JamzProvider` and gives it to the components inside: follows sign-in and sign-out,
 * and tries again by itself while the server cannot be reached.
 *
 * @example
 * <GroupProvider place="weekend"><Player /></GroupProvider>
 */
export function GroupProvider({ id, place, group, children }: GroupProviderProps): ReactElement {
  const connection = useContext(connectionContext);
  const [found, setFound] = useState<Access>(connecting);

  useEffect(() => {
    if (group || !connection) return;
    const { jamz, guest, guestName } = connection;
    const request = {
      jamz: Promise.resolve(jamz),
      groupId: id,
      place: place ?? location.pathname,
      guest: guest && guestName ? () => guest(guestName) : undefined,
    };
    const stop = resolveGroup(request, { in: inTime }, setFound);
    return () => {
      stop();
      setFound(connecting);
    };
  }, [group, connection, id, place]);

  const access = useMemo<Access>(
    () => (group ? { kind: 'ready', jamz: group.jamz, group } : found),
    [group, found],
  );
  return createElement(accessContext, { value: access }, children);
}

/** The group of the nearest {@link GroupProvider}; undefined until it is known. */
export function useGroup(): Group | undefined {
  const access = useContext(accessContext);
  return access.kind === 'ready' ? access.group : undefined;
}

/** How far the nearest {@link GroupProvider} is, and what stands in its way: `connecting`, `ready`, `signed-out`, `failed`. */
export function useAccess(): Access {
  return useContext(accessContext);
}
