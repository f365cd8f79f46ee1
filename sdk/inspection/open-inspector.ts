import type { Jamz } from '../api.ts';
import type { Hub } from '../hub.ts';
import { parseHlc } from '../protocol/hlc.ts';
import type { PendingOp } from '../sync/pending-op.ts';
import type { Scheduler } from '../sync/scheduler.ts';
import { summaryOf } from '../sync/summary.ts';
import type { OpenLink } from '../transport/link.ts';
import { faultyLinks, noFaults } from './faulty-link.ts';
import type { Faults, Inspected, InspectedOp, Inspector, Transition } from './inspection.ts';

/** What a replica reaches the world by, so that it can be put wrong. */
export interface Wires {
  openLink: OpenLink;
  clockShiftMs: number;
}

export interface InspectorDeps {
  readonly hub: Pick<Hub, 'engine'>;
  readonly jamz: Pick<Jamz, 'status$' | 'metrics' | 'online'>;
  readonly wires: Wires;
  readonly scheduler: Scheduler;
}

const shownOps = 100;
const keptTransitions = 200;

export function openInspector({ hub, jamz, wires, scheduler }: InspectorDeps): Inspector {
  const { openLink } = wires;
  const transitions: Transition[] = [];
  let faults = noFaults;
  let isWired = false;
  const watch = jamz.status$.subscribe(({ state, pending }) => {
    if (transitions.at(-1)?.state === state) return;
    transitions.push({ atMs: scheduler.nowMs(), state, pending });
    if (transitions.length > keptTransitions) transitions.shift();
  });
  const reconnect = (): void => {
    jamz.online(false);
    if (!faults.offline) jamz.online(true);
  };
  const inject = (more: Partial<Faults>): void => {
    const was = faults;
    faults = { ...faults, ...more };
    wires.clockShiftMs = faults.clockShiftMs;
    if (!isWired) {
      isWired = true;
      wires.openLink = faultyLinks(openLink, () => faults, scheduler);
      reconnect();
    } else if (was.offline !== faults.offline) jamz.online(!faults.offline);
  };
  return {
    transitions,
    inject,
    get faults() {
      return faults;
    },
    read: () => look(hub, jamz, scheduler.nowMs()),
    close() {
      watch.unsubscribe();
      if (!isWired) return;
      inject(noFaults);
      wires.openLink = openLink;
      reconnect();
    },
  };
}

function look(
  { engine }: InspectorDeps['hub'],
  jamz: InspectorDeps['jamz'],
  atMs: number,
): Inspected {
  const status = jamz.status$.value;
  const common = { atMs, status, metrics: jamz.metrics() };
  if (!engine) {
    const nothing = { outbox: [], waiting: 0, setAside: [], scopes: [] };
    return { ...common, ...nothing, replicaId: null, term: null, clockUncertaintyMs: null };
  }
  const { replica, time } = engine;
  const nowMs = time.nowMs();
  const all = [...replica.scopes];
  const outbox: InspectedOp[] = [];
  for (const scope of all) {
    for (const pending of scope.pending()) {
      if (outbox.length < shownOps) outbox.push(inspect(pending, nowMs));
    }
  }
  return {
    ...common,
    replicaId: replica.replicaId,
    term: engine.term ?? null,
    outbox,
    waiting: replica.pendingCount,
    setAside: replica.setAside.slice(0, shownOps).map((pending) => inspect(pending, nowMs)),
    scopes: all.map(({ scope, cursor, headSeq, pendingCount }) => ({
      scope,
      cursor: cursor && { generation: cursor[0], seq: cursor[1], hash: cursor[2] },
      headSeq,
      pending: pendingCount,
    })),
    clockUncertaintyMs: time.known ? time.uncertaintyMs : null,
  };
}

function inspect(pending: PendingOp, nowMs: number): InspectedOp {
  const { op, scope, stage, priority, attempts, dependsOn, setAside } = pending;
  return {
    opId: op.opId,
    scope,
    type: op.type,
    summary: summaryOf(op),
    ageMs: Math.max(0, nowMs - parseHlc(op.stamp).wallMs),
    stage,
    priority,
    attempts,
    dependsOn,
    reason: setAside && { code: setAside.code, message: setAside.message },
  };
}
