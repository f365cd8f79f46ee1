import type { ConnectOptions, Jamz, User } from '../../sdk/index.ts';

/** Where an element connects to, as its attributes say. */
export interface Address {
  readonly server: string;
  readonly site: string;
  readonly namespace?: string;
}

/** One element's hold on a connection that others may share. */
export interface Hold {
  readonly jamz: Promise<Jamz>;
  /** Signs in as a guest unless somebody is, once for all holders. Rejects with `forbidden` where the site wants a name. */
  guest(name: string): Promise<User>;
  /** The connection closes a moment after its last holder has let go. */
  release(): void;
}

export interface ConnectionsDeps {
  readonly open: (options: ConnectOptions) => Promise<Jamz>;
  /** Runs `task` after the page had time to move an element from one place to another. */
  readonly later: (task: () => void) => void;
}

export interface Connections {
  hold(address: Address): Hold;
}

interface Entry {
  readonly jamz: Promise<Jamz>;
  holders: number;
  guest: Promise<User> | undefined;
}

/** Connections by server, site and namespace: elements that name the same three share one. */
export function connections({ open, later }: ConnectionsDeps): Connections {
  const entries = new Map<string, Entry>();

  const entryOf = (key: string, address: Address): Entry => {
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { jamz: open(address), holders: 0, guest: undefined };
    // A connection that could not be made is not kept: the next holder tries again.
    entry.jamz.catch(() => entries.delete(key));
    entries.set(key, entry);
    return entry;
  };

  return {
    hold(address) {
      const key = JSON.stringify([
        withoutSlash(address.server),
        address.site,
        address.namespace ?? null,
      ]);
      const entry = entryOf(key, address);
      let held = true;
      entry.holders += 1;

      return {
        jamz: entry.jamz,
        guest(name) {
          entry.guest ??= entry.jamz.then((jamz) => signInGuest(jamz, name));
          entry.guest.catch(() => {
            entry.guest = undefined;
          });
          return entry.guest;
        },
        release() {
          if (!held) return;
          held = false;
          entry.holders -= 1;
          later(() => {
            if (entry.holders > 0 || entries.get(key) !== entry) return;
            entries.delete(key);
            entry.jamz.then((jamz) => jamz.close()).catch(() => {});
          });
        },
      };
    },
  };
}

/** The page's own connections. The SDK loads when the first element has to connect by itself. */
export const pageConnections: Connections = connections({
  open: async (options) => (await import('../../sdk/index.ts')).connect(options),
  later: (task) => setTimeout(task, 1000),
});

async function signInGuest(jamz: Jamz, name: string): Promise<User> {
  const user = (await jamz.session.restored) ?? jamz.session.user$.value;
  return user ?? jamz.session.signInAsGuest({ name });
}

function withoutSlash(server: string): string {
  return server.endsWith('/') ? server.slice(0, -1) : server;
}
