import type { Scope } from '../../sdk/protocol/ids.ts';
import type { Commit } from '../../sdk/protocol/wire.ts';
import type { SyncStatus } from '../../sdk/sync/status.ts';
import type { Generation } from '../../server/ports/store.ts';
import type { Phone } from './phone.ts';
import type { DiskWrite } from './phone-disk.ts';
import type { GatewayWitness } from './sim-gateway.ts';

/** Told of everything that matters, at the moment it happens. It changes nothing. */
export interface Witness extends GatewayWitness {
  /** A commit became durable. */
  committed(scope: Scope, commit: Commit): void;
  /** A log was wound back, and began a new generation. */
  woundBack(scope: Scope, fork: Generation): void;
  /** An older copy took the place of a log, and ends there. */
  putBack(scope: Scope, seq: number): void;
  /** A request left a phone; not told of probes, of which there are too many. */
  sent(phone: Phone, event: string, payload: unknown): void;
  /** A message of the server, or an answer, reached a phone. */
  delivered(phone: Phone, event: string, payload: unknown): void;
  /** A phone's journal is about to change. */
  journalled(phone: Phone, write: DiskWrite): void;
  /** What a phone shows changed. */
  turned(phone: Phone, scopes: ReadonlySet<Scope>): void;
  /** What a phone's second tab shows changed. */
  turnedBeside(phone: Phone, scopes: ReadonlySet<Scope>): void;
  status(phone: Phone, status: SyncStatus): void;
  /** A phone's run is over; `intact` when it could finish its writes. */
  stopped(phone: Phone): void;
  /** A tab that leads no more, or never did, has been closed in order. */
  left(phone: Phone, run: number): void;
  /** A server's process was killed. */
  serverCrashed(): void;
  /** Something failed in a way that nothing should. */
  bug(where: string, error: unknown): void;
}
