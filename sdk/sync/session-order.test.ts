import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { GroupState } from '../merge/states.ts';
import { JamzError } from '../protocol/errors.ts';
import { groupScope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { memoryJournal } from '../store/memory-journal.ts';
import { loopbackEngine } from '../testing/loopback-engine.ts';
import { type LoopbackNetwork, loopbackNetwork } from '../testing/loopback-link.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';
import { type VirtualScheduler, virtualScheduler } from '../testing/virtual-scheduler.ts';
import type { Engine } from './engine.ts';

const crew = groupScope('crew');
const minuteMs = 60_000;

describe('commands to the session and to its music', () => {
  let scheduler: VirtualScheduler;
  let server: LoopbackServer;
  let network: LoopbackNetwork;
  let engine: Engine;

  const session = () => (server.stateOf(crew) as GroupState).session;
  const positionMs = () => (server.stateOf(crew) as GroupState).playback.record.positionMs;
  const say = (type: 'session.start' | 'session.join' | 'session.end', sessionId: string) =>
    engine.submit(crew, type, { sessionId });
  const play = (positionMs = 0) =>
    engine.submit(crew, 'playback.set', {
      ...{ itemId: null, positionMs, playing: true, rate: 1 },
      atServerMs: engine.time.nowMs(),
    });

  beforeEach(async () => {
    scheduler = virtualScheduler();
    server = new LoopbackServer(() => scheduler.monotonicMs() + 1_700_000_000_000);
    server.createGroup('crew', [{ userId: 'ana', name: 'Ana' }]);
    network = loopbackNetwork(server, 'ana', scheduler.after);
    const { openLink } = network;
    // What the log had when these were given it has no more: that is for the server to say.
    const refusalOf = () => undefined;
    const journal = memoryJournal('phone');
    engine = await loopbackEngine({ journal, openLink, scheduler, refusalOf });
    engine.follow(crew);
    engine.start();
    await scheduler.advance(100);
  });

  it('[OB1] [OP18] come in the order in which they were given, so that an end ends nothing started later', async () => {
    say('session.start', 'first');
    play(1);
    await scheduler.advance(100);
    network.down();
    say('session.end', 'first');
    say('session.start', 'second');
    play(2);
    network.up();
    await scheduler.advance(minuteMs);
    equal(session().running?.sessionId, 'second');
    equal(positionMs(), 2);
  });

  it('[OP10] wait for the start that a join names, also where that is put off', async () => {
    let failures = 1;
    server.judge = (op) =>
      op.type === 'session.start' && failures-- > 0
        ? { error: new JamzError('internal', 'It failed.'), retry: true }
        : undefined;
    say('session.start', 'first');
    say('session.join', 'first');
    await scheduler.advance(minuteMs);
    equal(session().running?.sessionId, 'first');
    equal(engine.replica.setAside.length, 0);
  });

  describe('where a join waits for what others have still to bring back', () => {
    let pushed: { readonly atMs: number; readonly type: string }[];

    /** As after a log was wound back: nobody knows when, or whether, that session comes back. */
    const putOff = (op: Op) => {
      pushed.push({ atMs: scheduler.monotonicMs(), type: op.type });
      if (op.type !== 'session.join') return undefined;
      return { error: new JamzError('unavailable', 'It never ran.'), retry: true };
    };

    beforeEach(() => {
      pushed = [];
      server.judge = putOff;
    });

    it('[OB18] the music does as it is told meanwhile', async () => {
      say('session.start', 'running');
      await scheduler.advance(100);
      say('session.join', 'lost');
      await scheduler.advance(100);
      const { settlement } = play(7);
      await scheduler.advance(100);
      await settlement.acked;
      equal(positionMs(), 7);
      equal(engine.status$.value.pending, 1);
    });

    it('[OB18] a command that cannot be taken without it is refused and told', async () => {
      say('session.join', 'lost');
      const { settlement } = play(7);
      server.judge = (op) =>
        op.type === 'playback.set' ? { error: new JamzError('forbidden', 'Join it.') } : putOff(op);
      await scheduler.advance(minuteMs);
      await rejects(settlement.acked, { code: 'forbidden' });
      deepEqual([engine.status$.value.setAside, engine.status$.value.pending], [1, 1]);
    });

    it('[OB18] [LG18] it is asked for less and less often, and still every five minutes', async () => {
      say('session.join', 'lost');
      await scheduler.advance(10 * minuteMs);
      const soon = pushed.length;
      ok(soon > 4);
      await scheduler.advance(60 * minuteMs);
      const waits = pushed.slice(1).map(({ atMs }, at) => atMs - (pushed[at]?.atMs ?? 0));
      ok(Math.max(...waits) <= 5 * minuteMs + 1_000);
      ok(pushed.length - soon < 60, `${pushed.length - soon} pushes in an hour`);
      equal(engine.replica.setAside.length, 0);
    });
  });
});
