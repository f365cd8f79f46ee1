import type { ConnectOptions, Jamz } from '../api.ts';
import { connect } from '../connect.ts';
import { deviceScheduler } from '../sync/scheduler.ts';
import type { Over } from '../transport/link.ts';
import { loopbackAccounts } from './loopback-accounts.ts';
import { type LoopbackNetwork, loopbackNetwork } from './loopback-link.ts';
import { loopbackRoutes } from './loopback-routes.ts';
import { LoopbackServer } from './loopback-server.ts';

/** A backend that lives in this process. */
export interface Loopback {
  /** What replicas of it call their server; nothing listens there. */
  readonly url: string;
  /** Its logs: look into them, or have it refuse ops through `judge`. */
  readonly server: LoopbackServer;
  /** A way to it, which a test can break; each replica has one of its own. */
  network(): LoopbackWay;
  /** Opens a replica with its state in memory, over a network of its own unless `over` is given. */
  connect(options?: Partial<ConnectOptions>): Jamz;
  /** {@link connect}, signed in as a guest. */
  guest(name: string, options?: Partial<ConnectOptions>): Promise<Jamz>;
  /** Answers a request under `/v1`, whatever its host. */
  fetch(request: Request): Promise<Response>;
  /** Whose an access token is. */
  userIdOf(token: string): string | undefined;
}

/** The network between one replica and a loopback backend: `down()`, `up()`, `freeze()`, `thaw()`, `loseAnswersTo`. */
export type LoopbackWay = LoopbackNetwork & Over;

export interface LoopbackOptions {
  /** The server's clock, ms since 1970; default `Date.now`. */
  readonly nowMs?: () => number;
}

/**
 * Makes a backend in memory: it orders, folds and answers as the real one does, lets every member do everything, and
 * keeps nothing. There are no files, no push messages and no history of positions.
 *
 * @example
 * const backend = loopback();
 * const ana = await backend.guest('Ana');
 * const group = await ana.openGroup('weekend');
 * await group.send('On our way').acked;
 */
export function loopback({ nowMs = Date.now }: LoopbackOptions = {}): Loopback {
  const server = new LoopbackServer(nowMs);
  const accounts = loopbackAccounts(server);
  const answer = loopbackRoutes({ server, accounts, nowMs });
  const userIdOf = (token: string): string | undefined => accounts.userOf(token)?.id;

  const backend: Loopback = {
    url: 'http://loopback.test',
    server,
    userIdOf,
    fetch: answer,
    network() {
      const network = loopbackNetwork(server, userIdOf, deviceScheduler.after);
      const ask: typeof fetch = async (input, init) => {
        if (!network.isUp) throw new TypeError('The test has taken this network down.');
        return answer(new Request(input, init));
      };
      return Object.assign(network, { fetch: ask });
    },
    connect: (options = {}) =>
      connect({
        server: backend.url,
        site: 'pk_test',
        storage: 'memory',
        over: options.over ?? backend.network(),
        ...options,
      }),
    async guest(name, options) {
      const jamz = backend.connect(options);
      await jamz.session.signInAsGuest({ name });
      return jamz;
    },
  };
  return backend;
}
