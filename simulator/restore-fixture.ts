import { deepEqual, equal } from 'node:assert/strict';
import { stateHash } from '../sdk/merge/snapshot.ts';
import type { GroupState } from '../sdk/merge/states.ts';
import type { PushAnswer } from '../sdk/protocol/wire.ts';
import type { Phone } from './world/phone.ts';
import type { DiskWrite } from './world/phone-disk.ts';
import { roadScope, type ServerMachine } from './world/server-process.ts';
import type { Witness } from './world/witness.ts';
import { createWorld, type World } from './world/world.ts';

export const second = 1_000;

/** Two phones in step with a server whose log a test winds back. */
export interface RestoreWorld {
  readonly world: World;
  /** Answers to pushes, in the order in which they came. */
  readonly answers: PushAnswer[];
  /** Told of each write of a phone's journal. */
  onJournal: (write: DiskWrite) => void;
  phone(index: number): Phone;
  server(): ServerMachine;
  engineOf(phone: Phone): NonNullable<Phone['engine']>;
  /** Lets virtual time pass. */
  pass(ms: number): Promise<unknown>;
  add(phone: Phone, ...ids: string[]): void;
  /** What that phone shows. */
  items(phone: Phone): readonly string[];
  headSeq(): number;
  /** It is done once time has passed. */
  rewind(toSeq: number, rejoin?: boolean): void;
  /** Holds that all are in step and have what the server has, which it returns. */
  allEqual(): Promise<GroupState>;
}

export async function restoreWorld(): Promise<RestoreWorld> {
  const bugs: unknown[] = [];
  const witness = witnessOf({
    journalled: (_, write) => here.onJournal(write),
    bug: (...what) => void bugs.push(what),
    delivered(_, event, payload) {
      if (event === 'answer push') here.answers.push(payload as PushAnswer);
    },
  });
  const seed = 'restore';
  const here: RestoreWorld = {
    world: await createWorld({ seed, phones: 2, servers: 1, phone: {}, server: {}, witness }),
    answers: [],
    onJournal: () => {},
    phone: (index) => existing(here.world.phones[index], `phone ${index}`),
    server: () => existing(here.world.servers[0], 'server'),
    engineOf: (phone) => existing(phone.engine, `engine of ${phone.userId}`),
    pass: (ms) => here.world.time.run(here.world.time.nowMs + ms, () => false),
    add(phone, ...ids) {
      for (const itemId of ids) {
        const payload = { items: [{ itemId, title: itemId }] };
        here.engineOf(phone).submit(roadScope, 'playlist.add', payload);
      }
    },
    items(phone) {
      const { shown } = here.engineOf(phone).replica.scope(roadScope);
      if (shown.kind !== 'group') return [];
      return shown.playlist.order.toArray().map(({ itemId }) => itemId);
    },
    headSeq: () => here.world.disk.log(roadScope).head?.seq ?? 0,
    rewind(toSeq, rejoin = true) {
      here
        .server()
        .logs?.rewind(roadScope, { toSeq, rejoin })
        .catch((error: unknown) => bugs.push(error));
    },
    async allEqual() {
      const asked = here.server().logs?.stateOf(roadScope);
      await here.pass(second);
      const state = await asked;
      if (state?.kind !== 'group') throw new Error('The server has no group');
      for (const one of here.world.phones) {
        const { status$, replica } = here.engineOf(one);
        equal(status$.value.state, 'SYNCED', one.userId);
        equal(stateHash(replica.scope(roadScope).confirmed), stateHash(state), one.userId);
      }
      deepEqual(bugs, []);
      return state;
    },
  };
  for (const one of here.world.phones) one.start();
  await here.pass(5 * second);
  here.answers.length = 0;
  return here;
}

/** Sees what it is told to and nothing else. */
function witnessOf(seen: Partial<Witness>): Witness {
  return new Proxy(seen as Witness, { get: (at, name) => Reflect.get(at, name) ?? (() => {}) });
}

function existing<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`There is no ${what}`);
  return found;
}
