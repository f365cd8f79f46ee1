import { deepEqual, equal, ok } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import type { Engine } from '../sync/engine.ts';
import { noSurroundings } from '../sync/scheduler.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Faults, Inspector } from './inspection.ts';
import { openInspector, type Wires } from './open-inspector.ts';

const crew = groupScope('crew');

describe('the inspector', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let engine: Engine;
  let inspector: Inspector;
  let wires: Wires;

  const add = (itemId: string): void => {
    engine.submit(crew, 'playlist.add', { items: [{ itemId, title: itemId }] });
  };
  const state = (): string => engine.status$.value.state;

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    const { openLink } = loopbackNetwork(server, 'ana', scheduler.after);
    wires = { openLink, clockShiftMs: 0 };
    engine = await loopbackEngine({
      journal: memoryJournal('phone'),
      openLink: (...call) => wires.openLink(...call),
      scheduler,
      surroundings: { ...noSurroundings, isVisible: () => true },
    });
    engine.follow(crew);
    engine.start();
    const jamz = {
      status$: engine.status$,
      metrics: () => engine.counters.read(engine.replica.pendingCount),
      online: (on: boolean) => engine.switch(on),
    };
    inspector = openInspector({ hub: { engine }, jamz, wires, scheduler });
    await scheduler.advance(2_000);
  });
  afterEach(async () => {
    inspector.close();
    await engine.close();
  });

  it('shows what waits, with its age, and where each log ends', async () => {
    inspector.inject({ offline: true });
    add('one');
    await scheduler.advance(3_000);
    const { outbox, waiting, scopes, status, metrics, replicaId, term } = inspector.read();
    equal(term, 1);
    equal(waiting, 1);
    const [op] = outbox;
    ok(op);
    deepEqual(
      [op.summary, op.type, op.stage, op.attempts, op.reason],
      ['add “one”', 'playlist.add', 'ready', 0, null],
    );
    ok(op.ageMs >= 3_000 && op.ageMs < 3_100, `${op.ageMs}`);
    const group = scopes.find(({ scope }) => scope === crew);
    deepEqual([group?.cursor?.seq, group?.headSeq, group?.pending], [2, 2, 1]);
    deepEqual([status.state, metrics.outboxLength, replicaId], ['OFFLINE', 1, 'phone']);
  });

  it('shows what was set aside, and why', async () => {
    server.judge = () => ({ error: new JamzError('forbidden', 'No.') });
    add('one');
    await scheduler.advance(500);
    const [op] = inspector.read().setAside;
    deepEqual(op?.reason, { code: 'forbidden', message: 'No.' });
  });

  it('remembers each state that it came through', async () => {
    inspector.inject({ offline: true });
    await scheduler.advance(100);
    inspector.inject({ offline: false });
    await scheduler.advance(1_000);
    deepEqual(
      inspector.transitions.map(({ state: one }) => one),
      ['SYNCING', 'SYNCED', 'OFFLINE', 'SYNCING', 'SYNCED'],
    );
  });

  const faults: readonly (readonly [name: string, fault: Partial<Faults>, shows: string])[] = [
    ['a tunnel', { offline: true }, 'OFFLINE'],
    ['silence', { silence: true }, 'OFFLINE'],
    ['a captive portal', { captivePortal: true }, 'OFFLINE'],
    ['a server that fails', { serverError: true }, 'ERROR'],
    ['a token that has expired', { tokenExpired: true }, 'ERROR'],
    ['the loss of everything', { loss: 1 }, 'OFFLINE'],
  ];
  for (const [name, fault, shows] of faults) {
    it(`[SM4] [SM5] makes ${name}, and ends it again`, async () => {
      inspector.inject({});
      await scheduler.advance(3_000);
      inspector.inject(fault);
      add('tapped');
      await scheduler.advance(120_000);
      equal(state(), shows);
      equal(engine.replica.pendingCount, 1);
      inspector.close();
      await scheduler.advance(60_000);
      deepEqual([state(), engine.replica.pendingCount], ['SYNCED', 0]);
    });
  }

  it('makes a link slow, which goes on working', async () => {
    inspector.inject({ latencyMs: 400 });
    await scheduler.advance(30_000);
    add('tapped');
    await scheduler.advance(700);
    equal(engine.replica.pendingCount, 1);
    await scheduler.advance(2_000);
    deepEqual([state(), engine.replica.pendingCount], ['SYNCED', 0]);
    ok((inspector.read().status.roundTripMs ?? 0) >= 800);
  });

  it('leaves the network as it found it', () => {
    const { openLink } = wires;
    inspector.inject({ clockShiftMs: 3_600_000, loss: 0.5 });
    equal(wires.clockShiftMs, 3_600_000);
    inspector.close();
    deepEqual([wires.openLink === openLink, wires.clockShiftMs], [true, 0]);
  });
});
