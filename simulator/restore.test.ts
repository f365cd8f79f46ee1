import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { userScope } from '../sdk/protocol/ids.ts';
import { type RestoreWorld, restoreWorld, second } from './restore-fixture.ts';
import { epochMs } from './world/epoch.ts';
import { roadScope } from './world/server-process.ts';

/** Real replicas and a real server, of whose store something goes missing. */
describe('A log that was wound back under its replicas', () => {
  let here: RestoreWorld;
  beforeEach(async () => {
    here = await restoreWorld();
  });

  it('[LG17] gets back from each replica what it had acknowledged to it, once', async () => {
    here.add(here.phone(0), 'a');
    await here.pass(second);
    const seq = here.headSeq();
    here.add(here.phone(0), 'b', 'c');
    here.add(here.phone(1), 'd');
    await here.pass(second);
    here.rewind(seq);
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'c', 'd']);
    ok(here.headSeq() > seq);
    equal(here.world.disk.log(roadScope).head?.generation, 2);
  });

  it('[SN14] looks at nothing that is pushed from off its chain before the replica has pulled', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    here.rewind(seq);
    await here.pass(10);
    here.add(here.phone(0), 'b');
    here.answers.length = 0;
    await here.pass(60 * second);
    const [first, ...rest] = here.answers;
    deepEqual([first?.pullFirst, first?.applied, first?.refused], [true, [], []]);
    ok(rest.length > 0 && rest.every(({ pullFirst }) => !pullFirst));
    deepEqual([...(await here.allEqual()).playlist.items.keys()].sort(), ['a', 'b']);
  });

  it('[LG19] gets nothing back that is given up, and undoes it on every replica', async () => {
    here.add(here.phone(0), 'a');
    await here.pass(second);
    const seq = here.headSeq();
    here.add(here.phone(0), 'b');
    here.add(here.phone(1), 'c');
    await here.pass(second);
    here.rewind(seq, false);
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()], ['a']);
    for (const one of here.world.phones) deepEqual(here.items(one), ['a']);
  });

  it('[LG17] gets it back from a replica that was away meanwhile, and had more to say', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a', 'b');
    await here.pass(second);
    here.phone(0).crash();
    here.rewind(seq);
    here.add(here.phone(1), 'x');
    await here.pass(60 * second);
    deepEqual(here.items(here.phone(1)), ['x']);
    here.phone(0).start();
    await here.pass(second / 100);
    here.engineOf(here.phone(0)).submit(roadScope, 'playlist.move', { itemId: 'b', after: null });
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'x']);
    equal(here.items(here.phone(0))[0], 'b');
    equal(here.engineOf(here.phone(0)).replica.setAside.length, 0);
  });

  it('[LG17] loses nothing of it where the page dies before it is pushed again', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a', 'b');
    await here.pass(second);
    here.rewind(seq);
    for (let death = 0; death < 8; death++) {
      await here.pass(7 + death * 13);
      here.phone(0).crash();
      here.phone(0).start();
    }
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b']);
  });

  it('[LG17] keeps what waits once more with the state that lacks it', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a', 'b');
    await here.pass(second);
    // From the moment in which the phone has the new state nothing of it reaches the server.
    here.onJournal = ({ change }) => {
      if (change.snapshots.length > 0) here.server().busy = true;
    };
    here.rewind(seq);
    await here.pass(20 * second);
    equal(here.engineOf(here.phone(0)).replica.scope(roadScope).cursor?.[0], 2);
    here.phone(0).crash();
    here.onJournal = () => {};
    here.server().busy = false;
    here.phone(0).start();
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b']);
  });

  for (const [where, more] of [
    ['at the very place that', 0],
    ['before the place that', 1],
  ] as const) {
    it(`[LG23] brings along a replica that was away and stands ${where} the log went back to`, async () => {
      here.phone(1).crash();
      for (let count = 0; count < more; count++) here.add(here.phone(0), `early-${count}`);
      await here.pass(second);
      const seq = here.headSeq();
      here.add(here.phone(0), 'a');
      await here.pass(second);
      here.rewind(seq, false);
      await here.pass(10 * second);
      here.add(here.phone(0), 'b');
      await here.pass(second);
      here.phone(1).start();
      await here.pass(10 * second);
      here.add(here.phone(1), 'c');
      await here.pass(10 * second);
      const state = await here.allEqual();
      equal(state.playlist.items.has('c'), true);
      equal(state.playlist.items.has('a'), false);
      equal(here.engineOf(here.phone(1)).replica.scope(roadScope).cursor?.[0], 2);
    });
  }

  it('[LG18] waits for what another replica has still to bring back', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    here.engineOf(here.phone(1)).submit(roadScope, 'reactions.set', { itemId: 'a', like: true });
    await here.pass(second);
    here.phone(0).crash();
    here.rewind(seq);
    // Long enough for many more attempts than an op has.
    await here.pass(1_800 * second);
    equal(here.engineOf(here.phone(1)).replica.pendingCount, 1);
    equal(here.engineOf(here.phone(1)).replica.setAside.length, 0);
    here.phone(0).start();
    await here.pass(301 * second);
    const state = await here.allEqual();
    deepEqual([...state.reactions.keys()], ['a user-1']);
  });

  it('[LG16] [LG17] gets it back where the server was killed and its store put back by hand', async () => {
    here.add(here.phone(0), 'a');
    await here.pass(second);
    const log = here.world.disk.log(roadScope);
    const copy = [...log.commits];
    here.add(here.phone(0), 'b');
    here.add(here.phone(1), 'c');
    await here.pass(second);
    here.server().crash();
    here.world.disk.snapshots.delete(roadScope);
    log.commits.splice(copy.length);
    log.restoreEnd();
    here.server().start();
    await here.pass(120 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'c']);
    equal(log.head?.generation, 2);
  });

  it('[LG16] [LG17] gets it back where others had written over its place before it came', async () => {
    here.phone(1).wire.darken('both', true);
    here.add(here.phone(0), 'b', 'c');
    await here.pass(second);
    here.phone(0).crash();
    here.server().crash();
    here.world.disk.putBack(epochMs + here.world.time.nowMs - 2 * second);
    here.server().start();
    here.phone(1).wire.darken('none', true);
    await here.pass(60 * second);
    for (const id of ['x', 'y', 'z']) {
      here.add(here.phone(1), id);
      await here.pass(second);
    }
    here.phone(0).start();
    await here.pass(120 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['b', 'c', 'x', 'y', 'z']);
  });

  it('[LG16] [LG17] gets back a whole log that the store has never heard of', async () => {
    const scope = userScope('user-0');
    here.engineOf(here.phone(0)).submit(scope, 'profile.update', { name: 'Ana' });
    await here.pass(second);
    here.server().crash();
    here.world.disk.putBack(epochMs + here.world.time.nowMs - 2 * second);
    equal(here.world.disk.log(scope).head, undefined);
    here.server().start();
    await here.pass(120 * second);
    await here.allEqual();
    equal(here.world.disk.log(scope).head?.generation, 2);
    equal(here.world.disk.log(scope).head?.seq, 1);
  });

  it('[LG17] brings back what is not a day old to the log’s own clock, however the device’s was set', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    here.phone(0).clock.jump(365 * 24 * 3_600 * second);
    here.rewind(seq);
    await here.pass(60 * second);
    deepEqual([...(await here.allEqual()).playlist.items.keys()], ['a']);
  });

  it('[LG23] counts no places of an earlier generation that its storage still has', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    here.rewind(seq, false);
    await here.pass(10 * second);
    here.phone(0).crash();
    here.phone(0).start();
    await here.pass(10 * second);
    await here.allEqual();
    deepEqual(here.items(here.phone(0)), []);
  });

  it('[LG17] gets back what an earlier winding back had left, though it gave up what came later', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    const later = here.headSeq();
    here.add(here.phone(0), 'b');
    await here.pass(second);
    here.rewind(later, false);
    await here.pass(60 * second);
    deepEqual(here.items(here.phone(1)), ['a']);
    here.rewind(seq);
    await here.pass(60 * second);
    deepEqual([...(await here.allEqual()).playlist.items.keys()], ['a']);
  });

  it('[LG17] brings back nothing that an earlier winding back gave up', async () => {
    const seq = here.headSeq();
    here.add(here.phone(0), 'a');
    await here.pass(second);
    here.rewind(seq, false);
    await here.pass(60 * second);
    here.add(here.phone(0), 'b');
    await here.pass(second);
    here.rewind(seq, true);
    await here.pass(60 * second);
    const state = await here.allEqual();
    deepEqual([...state.playlist.items.keys()], ['b']);
  });
});
