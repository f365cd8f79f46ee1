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
import type { Jamz, User } from '../../../sdk/index.ts';
import { pageConnections } from '../../shared/connection.ts';

/** Where to connect, or the connection. */
export interface JamzProviderProps {
  /** Base URL of the backend; without it, the page's own origin. */
  readonly server?: string;
  /** The site's publishable key. Elements with the same server and site share the connection. */
  readonly site?: string;
  readonly namespace?: string;
  /** A connection that the page made itself, in place of `server` and `site`; it stays open when this goes. */
  readonly client?: Jamz;
  /** Who is signed in nowhere becomes a guest of this name, on sites whose policy is `open`. */
  readonly guestName?: string;
  readonly children?: ReactNode;
}

/** A connection, and how one comes in through it without an account. */
export interface Connection {
  readonly jamz: Jamz;
  readonly guest: ((name: string) => Promise<User>) | undefined;
  readonly guestName: string | undefined;
}

export const connectionContext: Context<Connection | undefined> = createContext<
  Connection | undefined
>(undefined);

/**
 * Connects to a site's backend for the components inside, once it is mounted: on a server nothing is opened. A
 * connection that cannot be made goes to the nearest error boundary.
 *
 * @throws {Error} without `site` and `client`
 *
 * @example
 * <JamzProvider server="https://jamz.example" site="pk_demo" guestName="Ana">…</JamzProvider>
 */
export function JamzProvider(props: JamzProviderProps): ReactElement {
  const { server, site, namespace, client, guestName, children } = props;
  if (!client && site === undefined) {
    throw new Error('Give <JamzProvider> the key of your site, or a client that you connected.');
  }
  const [opened, setOpened] = useState<Pick<Connection, 'jamz' | 'guest'>>();

  useEffect(() => {
    if (client || site === undefined) return;
    let mounted = true;
    const address = { server: new URL(server ?? '/', document.baseURI).href, site };
    const hold = pageConnections.hold(
      namespace === undefined ? address : { ...address, namespace },
    );
    hold.jamz.then(
      (jamz) => mounted && setOpened({ jamz, guest: hold.guest }),
      (error: unknown) =>
        mounted &&
        setOpened(() => {
          throw error;
        }),
    );
    return () => {
      mounted = false;
      setOpened(undefined);
      hold.release();
    };
  }, [client, server, site, namespace]);

  const connection = useMemo(() => {
    const way = client ? { jamz: client, guest: guestOf(client) } : opened;
    return way && { ...way, guestName };
  }, [client, opened, guestName]);
  return createElement(connectionContext, { value: connection }, children);
}

/** The connection of the nearest {@link JamzProvider}; undefined until there is one. */
export function useJamz(): Jamz | undefined {
  return useContext(connectionContext)?.jamz;
}

function guestOf(jamz: Jamz): (name: string) => Promise<User> {
  return async (name) => (await jamz.session.restored) ?? jamz.session.signInAsGuest({ name });
}
