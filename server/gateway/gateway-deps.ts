import type { Server as HttpServer } from 'node:http';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { WireGroup } from '../../sdk/protocol/wire.ts';
import type { Authenticate } from '../access/actor.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { LogStore } from '../ports/store.ts';
import type { Timers } from '../ports/timers.ts';
import type { Live } from '../sync/live.ts';
import type { Pulls } from '../sync/pull.ts';
import type { ScopeLogs } from '../sync/scope-logs.ts';
import type { AdmissionRules } from './admission.ts';
import type { SlowRules } from './slow-sockets.ts';

export interface GatewayDeps {
  readonly httpServer: HttpServer;
  readonly authenticate: Authenticate;
  readonly logs: ScopeLogs;
  readonly pulls: Pulls;
  readonly live: Live;
  readonly log: Pick<LogStore, 'head' | 'read'>;
  /** Whether a sign-in has not been ended. */
  readonly familyAlive: (familyId: string) => Promise<boolean>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  /** How many come in at once. */
  readonly admission: AdmissionRules;
  /** What may wait for slow readers; `slowRules` without it. */
  readonly slow?: SlowRules;
  /** How often a socket is asked whether it is there; every ten seconds without it. */
  readonly pingEveryMs?: number;
  readonly timers: Timers;
  /** The groups a person is in, as lists show them. */
  readonly groupsOf: (userId: UserId) => Promise<readonly WireGroup[]>;
  /** Counts a socket of a site; what it returns is called at its end. @throws {JamzError} `quota-exceeded` */
  readonly openSocket?: (siteId: string) => Promise<() => void>;
  /** Numbers in [0, 1): spreads the return of many replicas over time. */
  readonly random: () => number;
  /** Told of failures that are bugs; the socket has been answered `internal`. */
  readonly onBug: (error: unknown) => void;
}
