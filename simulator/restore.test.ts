import { deepEqual, equal, ok } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { stateHash } from '../sdk/merge/snapshot.ts';
import type { GroupState } from '../sdk/merge/states.ts';
import { userScope } from '../sdk/protocol/ids.ts';
import type { PushAnswer } from '../sdk/protocol/wire.ts';
import { epochMs } from './world/epoch.ts';
import type { Phone } from './world/phone.ts';
import type { DiskWrite } from './world/phone-disk.ts';
import { roadScope, type ServerMachine } from './world/server-process.ts';
import type { Witness } from './world/witness.ts';
import { createWorld, type World } from './world/world.ts';

const second = 1_000;

/** Real replicas and a real server, of whose store something goes missing. */
describe('A log that was wound back under its replicas', () => {
  let world: World;
  let bugs: unknown[];
  /** Answers to pushes, in the order in which they came. */
  let answers: PushAnswer[];

  let onJournal: (write: DiskWrite) => void;

  const watching = (): Witness => {
    const seen: Partial<Witness> = {
      journalled: (_, write) => onJournal(write),
      bug: (...what) => void bugs.push(what),
      delivered(_, event, payload) {
        if (event === 'answer push') answers.push(payload as PushAnswer);
      },
    };
    return new Proxy(seen as Witness, { get: (at, name) => Reflect.get(at, name) ?? (() => {}) });
  };
  const pass = (ms: number) => world.time.run(world.time.nowMs + ms, () => false);
  const phone = (index: number): Phone => {
    const found = world.phones[index];
    if (!found) throw new Error(`There is no phone ${index}`);
    return found;
  };
  const server = (): ServerMachine => {
    const [first] = world.servers;
    if (!first) throw new Error('There is no server');
    return first;
  };
  const engineOf = (one: Phone) => {
    if (!one.engine) throw new Error(`${one.userId} does not run`);
    return one.engine;
  };
  const add = (one: Phone, ...ids: string[]) =>
    ids.map((itemId) => {
      const payload = { items: [{ itemId, title: itemId }] };
      return engineOf(one).submit(roadScope, 'playlist.add', payload);
    });
  const items = (one: Phone): readonly string[] => {
    const { shown } = engineOf(one).replica.scope(roadScope);
    return shown.kind === 'group' ? shown.playlist.order.toArray().map(({ itemId }) => itemId) : [];
  };
  const headSeq = () => world.disk.log(roadScope).head?.seq ?? 0;
  /** It is done once time has passed. */
  const rewind = (toSeq: number, rejoin = true): void => {
    server()
      .logs?.rewind(roadScope, { toSeq, rejoin })
      .catch((error: unknown) => bugs.push(error));
  };
  const serverState = async () => {
    const asked = server().logs?.stateOf(roadScope);
    await pass(second);
    const state = await asked;
    if (state?.kind !== 'group') throw new Error('The server has no group');
    return state;
  };
  const allEqual = async (): Promise<GroupState> => {
    const state = await serverState();
    for (const one of world.phones) {
      const { status$, replica } = engineOf(one);
      equal(status$.value.state, 'SYNCED', one.userId);
      equal(stateHash(replica.scope(roadScope).confirmed), stateHash(state), one.userId);
    }
    deepEqual(bugs, []);
    return state;
  };

  beforeEach(async () => {
    bugs = [];
    answers = [];
    onJournal = () => {};
    const witness = watching();
    world = await createWorld({
      seed: 'restore',
      phones: 2,
      servers: 1,
      phone: {},
      server: {},
      witness,
    });
    for (const one of world.phones) one.start();
    await pass(5 * second);
  });

  it('[LG17] gets back from each replica what it had acknowledged to it, once', async () => {
    add(phone(0), 'a');
    await pass(second);
    const seq = headSeq();
    add(phone(0), 'b', 'c');
    add(phone(1), 'd');
    await pass(second);
    rewind(seq);
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'c', 'd']);
    ok(headSeq() > seq);
    equal(world.disk.log(roadScope).head?.generation, 2);
  });

  it('[SN14] looks at nothing that is pushed from off its chain before the replica has pulled', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    rewind(seq);
    await pass(10);
    add(phone(0), 'b');
    answers = [];
    await pass(60 * second);
    const [first, ...rest] = answers;
    deepEqual([first?.pullFirst, first?.applied, first?.refused], [true, [], []]);
    ok(rest.length > 0 && rest.every(({ pullFirst }) => !pullFirst));
    deepEqual([...(await allEqual()).playlist.items.keys()].sort(), ['a', 'b']);
  });

  it('[LG19] gets nothing back that is given up, and undoes it on every replica', async () => {
    add(phone(0), 'a');
    await pass(second);
    const seq = headSeq();
    add(phone(0), 'b');
    add(phone(1), 'c');
    await pass(second);
    rewind(seq, false);
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()], ['a']);
    for (const one of world.phones) deepEqual(items(one), ['a']);
  });

  it('[LG17] gets it back from a replica that was away meanwhile, and had more to say', async () => {
    const seq = headSeq();
    add(phone(0), 'a', 'b');
    await pass(second);
    phone(0).crash();
    rewind(seq);
    add(phone(1), 'x');
    await pass(60 * second);
    deepEqual(items(phone(1)), ['x']);
    phone(0).start();
    await pass(second / 100);
    engineOf(phone(0)).submit(roadScope, 'playlist.move', { itemId: 'b', after: null });
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'x']);
    equal(items(phone(0))[0], 'b');
    equal(engineOf(phone(0)).replica.setAside.length, 0);
  });

  it('[LG17] loses nothing of it where the page dies before it is pushed again', async () => {
    const seq = headSeq();
    add(phone(0), 'a', 'b');
    await pass(second);
    rewind(seq);
    for (let death = 0; death < 8; death++) {
      await pass(7 + death * 13);
      phone(0).crash();
      phone(0).start();
    }
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b']);
  });

  it('[LG17] keeps what waits once more with the state that lacks it', async () => {
    const seq = headSeq();
    add(phone(0), 'a', 'b');
    await pass(second);
    // From the moment in which the phone has the new state nothing of it reaches the server.
    onJournal = ({ change }) => {
      if (change.snapshots.length > 0) server().busy = true;
    };
    rewind(seq);
    await pass(20 * second);
    equal(engineOf(phone(0)).replica.scope(roadScope).cursor?.[0], 2);
    phone(0).crash();
    onJournal = () => {};
    server().busy = false;
    phone(0).start();
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b']);
  });

  for (const [where, more] of [
    ['at the very place that', 0],
    ['before the place that', 1],
  ] as const) {
    it(`[LG23] brings along a replica that was away and stands ${where} the log went back to`, async () => {
      phone(1).crash();
      for (let count = 0; count < more; count++) add(phone(0), `early-${count}`);
      await pass(second);
      const seq = headSeq();
      add(phone(0), 'a');
      await pass(second);
      rewind(seq, false);
      await pass(10 * second);
      add(phone(0), 'b');
      await pass(second);
      phone(1).start();
      await pass(10 * second);
      add(phone(1), 'c');
      await pass(10 * second);
      const state = await allEqual();
      equal(state.playlist.items.has('c'), true);
      equal(state.playlist.items.has('a'), false);
      equal(engineOf(phone(1)).replica.scope(roadScope).cursor?.[0], 2);
    });
  }

  it('[LG18] waits for what another replica has still to bring back', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    engineOf(phone(1)).submit(roadScope, 'reactions.set', { itemId: 'a', like: true });
    await pass(second);
    phone(0).crash();
    rewind(seq);
    // Long enough for many more attempts than an op has.
    await pass(1_800 * second);
    equal(engineOf(phone(1)).replica.pendingCount, 1);
    equal(engineOf(phone(1)).replica.setAside.length, 0);
    phone(0).start();
    await pass(301 * second);
    const state = await allEqual();
    deepEqual([...state.reactions.keys()], ['a user-1']);
  });

  it('[LG16] [LG17] gets it back where the server was killed and its store put back by hand', async () => {
    add(phone(0), 'a');
    await pass(second);
    const log = world.disk.log(roadScope);
    const copy = [...log.commits];
    add(phone(0), 'b');
    add(phone(1), 'c');
    await pass(second);
    server().crash();
    world.disk.snapshots.delete(roadScope);
    log.commits.splice(copy.length);
    log.restoreEnd();
    server().start();
    await pass(120 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['a', 'b', 'c']);
    equal(log.head?.generation, 2);
  });

  it('[LG16] [LG17] gets it back where others had written over its place before it came', async () => {
    phone(1).wire.darken('both', true);
    add(phone(0), 'b', 'c');
    await pass(second);
    phone(0).crash();
    server().crash();
    world.disk.putBack(epochMs + world.time.nowMs - 2 * second);
    server().start();
    phone(1).wire.darken('none', true);
    await pass(60 * second);
    for (const id of ['x', 'y', 'z']) {
      add(phone(1), id);
      await pass(second);
    }
    phone(0).start();
    await pass(120 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()].sort(), ['b', 'c', 'x', 'y', 'z']);
  });

  it('[LG16] [LG17] gets back a whole log that the store has never heard of', async () => {
    const scope = userScope('user-0');
    engineOf(phone(0)).submit(scope, 'profile.update', { name: 'Ana' });
    await pass(second);
    server().crash();
    world.disk.putBack(epochMs + world.time.nowMs - 2 * second);
    equal(world.disk.log(scope).head, undefined);
    server().start();
    await pass(120 * second);
    await allEqual();
    equal(world.disk.log(scope).head?.generation, 2);
    equal(world.disk.log(scope).head?.seq, 1);
  });

  it('[LG17] brings back what is not a day old to the log’s own clock, however the device’s was set', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    phone(0).clock.jump(365 * 24 * 3_600 * second);
    rewind(seq);
    await pass(60 * second);
    deepEqual([...(await allEqual()).playlist.items.keys()], ['a']);
  });

  it('[LG23] counts no places of an earlier generation that its storage still has', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    rewind(seq, false);
    await pass(10 * second);
    phone(0).crash();
    phone(0).start();
    await pass(10 * second);
    await allEqual();
    deepEqual(items(phone(0)), []);
  });

  it('[LG17] gets back what an earlier winding back had left, though it gave up what came later', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    const later = headSeq();
    add(phone(0), 'b');
    await pass(second);
    rewind(later, false);
    await pass(60 * second);
    deepEqual(items(phone(1)), ['a']);
    rewind(seq);
    await pass(60 * second);
    deepEqual([...(await allEqual()).playlist.items.keys()], ['a']);
  });

  it('[LG17] brings back nothing that an earlier winding back gave up', async () => {
    const seq = headSeq();
    add(phone(0), 'a');
    await pass(second);
    rewind(seq, false);
    await pass(60 * second);
    add(phone(0), 'b');
    await pass(second);
    rewind(seq, true);
    await pass(60 * second);
    const state = await allEqual();
    deepEqual([...state.playlist.items.keys()], ['b']);
  });
});
