import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BusHealth } from '../../ports/bus.ts';
import type { Figures } from '../../ports/figures.ts';

/** Seconds, from a quick disk to a tunnel. */
const ackBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const syncBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];
const outboxBuckets = [0, 1, 10, 100, 1_000, 10_000];

/** Figures in Prometheus's text format (https://prometheus.io/docs/instrumenting/exposition_formats/), one registry a server. */
export function prometheusFigures(): Figures {
  const registry = new Registry();
  // By default the loop is woken a hundred times a second to see how late it is, which takes 5 ms of each second.
  const eventLoopMonitoringPrecision = 50;
  collectDefaultMetrics({ register: registry, prefix: 'jamz_', eventLoopMonitoringPrecision });
  const registers = [registry];
  const counter = (name: string, help: string, outcomes: readonly string[] = []) => {
    const labelNames = outcomes.length > 0 ? ['outcome'] : [];
    const made = new Counter({ name, help, labelNames, registers });
    // A rate over a series that is not there yet is no rate.
    for (const outcome of outcomes) made.inc({ outcome }, 0);
    return made;
  };
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });

  const pushedOps = counter('jamz_push_ops_total', 'Ops in answered pushes', [
    'applied',
    'refused',
    'retry',
  ]);
  const ackSeconds = histogram('jamz_push_seconds', 'Arrival of a push to its answer', ackBuckets);
  const commits = counter('jamz_commits_total', 'Commits appended to logs');
  const committedOps = counter('jamz_commit_ops_total', 'Ops in these commits');
  const sockets = gauge('jamz_sockets', 'Sockets open now');
  const socketsBehind = gauge('jamz_sockets_behind', 'Sockets whose readers are slow');
  const waitingBytes = gauge('jamz_sockets_waiting_bytes', 'What waits for slow readers');
  const socketsCut = counter('jamz_sockets_cut_total', 'Sockets cut because nobody read');
  const underWay = gauge('jamz_pushes_under_way', 'Pushes that wait for their answer');

  const busWhole = gauge('jamz_bus_whole', '1 while this process hears all others');
  const busOthers = gauge('jamz_bus_others', 'Other processes');
  const busRoundTrip = gauge('jamz_bus_round_trip_seconds', 'Through the bus and back');
  const busMessages = counter('jamz_bus_messages_total', 'Messages between processes', [
    'sent',
    'received',
    'dropped',
  ]);
  const busGaps = counter('jamz_bus_gaps_total', 'Times that messages of others may be missing');

  const reports = counter('jamz_replica_reports_total', 'Reports of replicas');
  const replicaOps = counter('jamz_replica_ops_total', 'Ops that replicas had answered', [
    'acked',
    'refused',
  ]);
  const retries = counter('jamz_replica_retries_total', 'Ops that were put off');
  const cache = counter('jamz_replica_cache_total', 'What devices looked up', ['hit', 'miss']);
  const conflicts = counter('jamz_replica_conflicts_total', 'Questions and overtaken writes');
  const outbox = histogram('jamz_replica_outbox_ops', 'Ops that wait on a device', outboxBuckets);
  const syncSeconds = histogram('jamz_replica_sync_seconds', 'New link to in step', syncBuckets);

  const showBus = (health: BusHealth): void => {
    busWhole.set(health.isWhole ? 1 : 0);
    busOthers.set(health.others);
    busRoundTrip.set(health.roundTripMs / 1_000);
    // It counts itself, from its beginning on: the totals are taken over as they are.
    busMessages.reset();
    for (const outcome of ['sent', 'received', 'dropped'] as const) {
      busMessages.inc({ outcome }, health[outcome]);
    }
    busGaps.reset();
    busGaps.inc(health.gaps);
  };

  return {
    pushed({ applied, refused, retry, ackMs }) {
      pushedOps.inc({ outcome: 'applied' }, applied);
      pushedOps.inc({ outcome: 'refused' }, refused);
      pushedOps.inc({ outcome: 'retry' }, retry);
      ackSeconds.observe(ackMs / 1_000);
    },
    committed(ops) {
      commits.inc();
      committedOps.inc(ops);
    },
    reported(report) {
      reports.inc();
      replicaOps.inc({ outcome: 'acked' }, report.acked);
      replicaOps.inc({ outcome: 'refused' }, report.refused);
      retries.inc(report.retries);
      cache.inc({ outcome: 'hit' }, report.cacheHits);
      cache.inc({ outcome: 'miss' }, report.cacheMisses);
      conflicts.inc(report.conflicts);
      outbox.observe(report.outboxLength);
      for (const ms of report.syncLatenciesMs) syncSeconds.observe(ms / 1_000);
    },
    async read(gauges) {
      sockets.set(gauges.sockets());
      const slow = gauges.slowSockets();
      socketsBehind.set(slow.behind);
      waitingBytes.set(slow.waitingBytes);
      socketsCut.reset();
      socketsCut.inc(slow.cut);
      underWay.set(gauges.pushesUnderWay());
      showBus(gauges.bus());
      return { text: await registry.metrics(), type: registry.contentType };
    },
    close: () => registry.clear(),
  };
}
