import type { BusHealth } from './bus.ts';

/**
 * What a replica counted since its last report. No id, no name, no group, no time: who sent it is not known, and two
 * reports of one replica cannot be told from those of two.
 */
export interface ReplicaReport {
  /** The site's publishable key. */
  readonly site: string;
  /** Ops that the server has, and ops that it refused. */
  readonly acked: number;
  readonly refused: number;
  /** Answers about an op that were neither. */
  readonly retries: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** Questions asked of the person, and own writes that others overtook. */
  readonly conflicts: number;
  /** Ops that wait now. */
  readonly outboxLength: number;
  /** From each new link to being in step. */
  readonly syncLatenciesMs: readonly number[];
}

/** What a push came to, counted by ops. */
export interface PushFigures {
  readonly applied: number;
  readonly refused: number;
  readonly retry: number;
  /** From the push's arrival to its answer, which is durable. */
  readonly ackMs: number;
}

/** What is asked for when the figures are read. */
export interface Gauges {
  sockets(): number;
  /** Sockets whose readers are behind now, what waits for them, and those cut for it since the start. */
  slowSockets(): { readonly behind: number; readonly waitingBytes: number; readonly cut: number };
  /** Pushes that arrived and are not answered. */
  pushesUnderWay(): number;
  /** How well this process hears the others. */
  bus(): BusHealth;
}

/**
 * Port for what a process counts about itself and hears of replicas, for somebody who watches over it. Nothing here
 * names a person, a group or an address. Adapter: Prometheus.
 */
export interface Figures {
  pushed(push: PushFigures): void;
  committed(ops: number): void;
  reported(report: ReplicaReport): void;
  /** @returns the figures as text, and its media type */
  read(gauges: Gauges): Promise<{ readonly text: string; readonly type: string }>;
  close(): void;
}
