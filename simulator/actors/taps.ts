import { itemIds } from '../../sdk/merge/playlist-order.ts';
import type { GroupState } from '../../sdk/merge/states.ts';
import { userScope } from '../../sdk/protocol/ids.ts';
import type { PendingOp } from '../../sdk/sync/pending-op.ts';
import type { SyncEngine } from '../../sdk/sync/sync-engine.ts';
import type { Referee } from '../invariants/referee.ts';
import type { Phone } from '../world/phone.ts';
import type { Random } from '../world/random.ts';
import { roadScope } from '../world/server-process.ts';
import { type Person, personAt } from './person.ts';
import { moveAbout } from './whereabouts.ts';

interface Scene {
  readonly person: Person;
  readonly state: GroupState;
  readonly chance: Random;
  readonly item: () => string;
}

/** [weight, what the person does]; a thing that makes no sense now is not done. */
const deeds: readonly (readonly [number, (scene: Scene) => unknown])[] = [
  [18, addTracks],
  [6, ({ person, item }) => person.commands.removeTrack(item())],
  [
    8,
    ({ person, item, chance }) =>
      person.commands.moveTrack(item(), { after: chance.chance(0.2) ? null : item() }),
  ],
  [
    2,
    ({ person, item, chance }) =>
      person.commands.amendTrack(item(), { durationMs: 1_000 * chance.below(400) }),
  ],
  [5, ({ person }) => person.commands.play()],
  [4, ({ person }) => person.commands.pause()],
  [6, ({ person, item }) => person.commands.select(item())],
  [4, ({ person, chance }) => person.commands.seek(1_000 * chance.below(200))],
  [3, ({ person }) => person.commands.next()],
  [2, ({ person }) => person.commands.previous()],
  [2, ({ person, chance }) => person.commands.repeat(chance.pick(['off', 'one', 'all']))],
  [2, ({ person, chance }) => person.commands.shuffle(chance.chance(0.5))],
  [
    6,
    ({ person, item, chance }) =>
      chance.chance(0.7) ? person.commands.like(item()) : person.commands.unlike(item()),
  ],
  [
    3,
    ({ person, item, chance }) =>
      person.submit('group', 'reactions.set', { itemId: item(), rating: 1 + chance.below(5) }),
  ],
  [12, ({ person, chance }) => person.commands.send(`Hello ${chance.below(1_000)}`)],
  [4, editMessage],
  [
    4,
    ({ person, chance }) =>
      person.commands.savePlace({
        name: `Stop ${chance.below(99)}`,
        lat: chance.between(40, 50),
        lng: chance.between(5, 15),
      }),
  ],
  [
    5,
    ({ person, state, chance }) =>
      person.commands.updatePlace(placeIn(state, chance), { name: `Stop ${chance.below(99)}` }),
  ],
  [2, ({ person, state, chance }) => person.commands.removePlace(placeIn(state, chance))],
  [3, ({ person, chance }) => person.commands.update({ name: `Trip ${chance.below(99)}` })],
  [
    2,
    ({ person, chance }) =>
      person.submit('group', 'members.describe', { name: `Name ${chance.below(99)}` }),
  ],
  [2, ({ person }) => person.commands.startSession()],
  [2, ({ person }) => person.commands.joinSession()],
  [1, ({ person }) => person.commands.leaveSession()],
  [1, ({ person }) => person.commands.endSession()],
  [
    1,
    ({ person, chance }) =>
      person.commands.planSession({ at: 1_780_000_000_000 + chance.below(1e9) }),
  ],
  [
    1,
    ({ person, state, chance }) =>
      person.commands.setRole(memberIn(state, chance), chance.pick(['member', 'moderator'])),
  ],
  [
    4,
    ({ person, chance }) =>
      person.submit('own', 'profile.update', { name: `I ${chance.below(99)}` }),
  ],
  [
    2,
    ({ person, chance }) => person.submit('own', 'profile.update', { aiOptIn: chance.chance(0.5) }),
  ],
  [4, changeRules],
  [3, answerConflict],
];

const total = deeds.reduce((sum, [weight]) => sum + weight, 0);

/** A person does something with the app, as it looks to them now. */
export function tap(phone: Phone, chance: Random, referee: Referee, nowMs: number): void {
  phone.screen.look();
  const { beside } = phone;
  if (beside.engine && chance.chance(0.5)) {
    touch(phone, beside.engine, chance, referee, nowMs);
    return;
  }
  const { engine, run } = phone;
  if (!engine || run?.lifetime.asleep) return;
  const drawnKind = chance.next();
  if (drawnKind < 0.15) moveAbout(phone, chance, referee);
  else if (drawnKind < 0.18) engine.syncNow().catch(() => {});
  else if (drawnKind < 0.23) sortOut(phone, chance, referee);
  else touch(phone, engine, chance, referee, nowMs);
}

/** Something on the screen. */
function touch(
  phone: Phone,
  engine: SyncEngine,
  chance: Random,
  referee: Referee,
  nowMs: number,
): void {
  const person = personAt(phone, referee, chance, nowMs, engine);
  const replica = engine.replica.scope(roadScope);
  // Before anything is known an app shows nothing to tap on, but one's own profile.
  if (!replica.cursor || replica.shown.kind !== 'group') {
    person.submit('own', 'profile.update', { name: `I ${chance.below(99)}` });
    return;
  }
  const state = replica.shown;
  const items = itemIds(state.playlist);
  let drawn = chance.next() * total;
  const deed = deeds.find(([weight]) => {
    drawn -= weight;
    return drawn < 0;
  });
  const item = (): string => (items.length > 0 ? chance.pick(items) : 'no-such-item');
  deed?.[1]({ person, state, chance, item });
}

/** What was set aside is looked through now and then. */
function sortOut(phone: Phone, chance: Random, referee: Referee): void {
  const list = phone.engine?.replica.setAside ?? [];
  if (list.length === 0) return;
  const { opId } = chance.pick(list).op;
  if (chance.chance(0.5)) {
    phone.engine?.retry(opId);
    for (const { scope, op, settlement } of waitingAt(phone)) {
      referee.book.resumed(phone, scope, op, settlement, opId);
    }
    return;
  }
  const deed = referee.book.find(opId);
  if (deed) deed.gone = 'discarded';
  phone.engine?.discard(opId);
}

function waitingAt({ engine }: Phone): PendingOp[] {
  return [...(engine?.replica.scopes ?? [])].flatMap((replica) => [...replica.pending()]);
}

function addTracks({ person, chance, item }: Scene): void {
  const count = chance.chance(0.8) ? 1 : 1 + chance.below(5);
  const tracks = Array.from({ length: count }, () => ({
    title: `Song ${chance.below(1_000)}`,
    durationMs: 60_000 + chance.below(240_000),
    url: 'https://music.example/song.mp3',
  }));
  if (chance.chance(0.3)) person.commands.addTracks(tracks, { after: item() });
  else person.commands.addTracks(tracks);
}

/** Owners decide who may add and control; whoever has not heard of it yet does it all the same. */
function changeRules({ person, chance }: Scene): void {
  const who = chance.pick(['everyone', 'owners'] as const);
  const policies = chance.chance(0.5) ? { add: who } : { control: who };
  person.commands.update({ policies });
}

function editMessage({ person, state, chance }: Scene): void {
  const mine = [...state.messages.values()].filter(
    ({ authorId }) => authorId === person.phone.userId,
  );
  if (mine.length === 0) return;
  const { messageId } = chance.pick(mine);
  person.submit('group', 'messages.edit', { messageId, text: `No, ${chance.below(1_000)}` });
}

function answerConflict({ person, chance }: Scene): void {
  const { engine, phone } = person;
  const { userId } = phone;
  const state = engine.replica.scope(userScope(userId)).shown;
  const conflict = state?.kind === 'user' ? state.conflicts[0] : undefined;
  if (!conflict) return;
  const { conflictId, field, mine, theirs } = conflict;
  const { value } = chance.chance(0.5) ? mine : theirs;
  person.submit('own', 'profile.answer', { conflictId, field, value });
}

function placeIn({ places }: GroupState, chance: Random): string {
  const there = [...places.values()].filter(({ removed }) => !removed);
  return there.length > 0 ? chance.pick(there).placeId : 'no-such-place';
}

function memberIn({ members }: GroupState, chance: Random): string {
  return chance.pick([...members.present.keys()]);
}
