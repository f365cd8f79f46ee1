import { stateHash } from '../../sdk/merge/snapshot.ts';
import { visibleTo } from '../../sdk/merge/visible.ts';
import { namedBy } from '../../sdk/sync/references.ts';
import type { Phone } from '../world/phone.ts';
import { roadScope } from '../world/server-process.ts';
import type { World } from '../world/world.ts';
import { checkBeside, isBesideAtRest } from './beside-at-rest.ts';
import type { Deed } from './book.ts';
import type { Referee } from './referee.ts';

/** Whether nothing is left to be done anywhere. */
export function isAtRest({ phones }: World, referee: Referee): boolean {
  return phones.every((phone) => {
    const { engine } = phone;
    if (!engine || engine.replica.pendingCount > 0) return false;
    if (engine.status$.value.state !== 'SYNCED') return false;
    if (!isBesideAtRest(phone)) return false;
    return [...phone.scopes].every((scope) => {
      const [generation, seq] = engine.replica.scope(scope).cursor ?? [];
      const log = referee.logs.log(scope);
      return seq === log.seq && generation === log.generation;
    });
  });
}

/** What must be true once the faults are over and time has passed. */
export function checkAtRest(world: World, referee: Referee): void {
  for (const phone of world.phones) {
    checkRest(phone, referee);
    if (referee.violation) return;
    checkEqual(phone, referee);
    checkBeside(phone, referee);
    checkDeeds(phone, referee);
  }
  checkServers(world, referee);
  checkPositions(world, referee);
}

function checkRest(phone: Phone, referee: Referee): void {
  const { engine } = phone;
  const status = engine?.status$.value;
  const waiting = engine?.replica.pendingCount ?? 0;
  if (engine && status?.state === 'SYNCED' && waiting === 0) return;
  if (status?.state === 'SYNCING' && waitsForADay(phone, referee)) return;
  const what = [...(engine?.replica.scopes ?? [])].flatMap((replica) =>
    [...replica.pending()].map(({ op, stage }) => `${op.type} ${op.opId} ${stage}`),
  );
  const error = status?.error ? ` (${status.error.code}: ${status.error.message})` : '';
  referee.breach(
    'comes to rest',
    `${phone.userId} is ${status?.state ?? 'not running'}${error} with ${waiting} waiting: ${what.join(', ')}`,
  );
}

function checkEqual(phone: Phone, referee: Referee): void {
  for (const scope of phone.scopes) {
    const replica = phone.engine?.replica.scope(scope);
    const log = referee.logs.log(scope);
    const at = replica?.cursor;
    if (!replica || at?.[1] !== log.seq || at[0] !== log.generation) {
      const where = `${at?.[0]} ${at?.[1]} of ${log.generation} ${log.seq}`;
      referee.breach('all equal', `${phone.userId} is at ${where} in ${scope}`);
      continue;
    }
    const may = stateHash(visibleTo(log.state, phone.userId));
    if (stateHash(replica.confirmed) !== may) {
      referee.breach('all equal', `${phone.userId} folded ${scope} ${at} to another state`);
    }
    if (waitsForADay(phone, referee)) continue;
    if (stateHash(replica.shown) !== stateHash(replica.confirmed)) {
      referee.breach('refused is undone', `${phone.userId} shows more of ${scope} than is there`);
    }
  }
  const { state } = referee.logs.log(roadScope);
  if (state.kind !== 'group' || state.members.present.has(phone.userId)) return;
  // A run that lives in memory cannot reach the disk that failed it; the next run clears it.
  if (phone.engine?.status$.value.storage === 'memory') return;
  const { folds, commits } = phone.disk.contents;
  if (folds.has(roadScope) || (commits.get(roadScope)?.size ?? 0) > 0) {
    referee.breach('nothing kept of an ended scope', `${phone.userId} still has ${roadScope}`);
  }
}

function checkDeeds(phone: Phone, referee: Referee): void {
  const { contents } = phone.disk;
  for (const { op, settlement } of phone.engine?.replica.setAside ?? []) {
    referee.book.recognise(op.opId, settlement);
  }
  const setAside = new Set(phone.engine?.replica.setAside.map(({ op }) => op.opId));
  for (const deed of referee.book.deeds) {
    if (deed.phone !== phone || deed.gone || deed.seq > 0) continue;
    if ([...deed.ids].some((opId) => setAside.has(opId))) {
      const isOpen = deed.run === phone.run?.number || deed.run === phone.beside.number;
      if (isOpen && deed.outcome !== 'refused' && !deed.wasCut) {
        referee.breach('refused is undone', `nobody was told that ${deed.opId} is set aside`);
      }
      continue;
    }
    const pending = [...deed.ids].some((opId) =>
      phone.engine?.replica.scope(deed.scope).find(opId),
    );
    if (pending && waitsForADay(phone, referee)) continue;
    const isKept = contents.outbox.has(deed.opId) || isKeptForComingBack(phone, deed);
    if (deed.isUnwanted && !isKept) continue;
    // A run that lives in memory leaves what the journal has to the next one …
    if (isKept && phone.engine?.status$.value.storage === 'memory') continue;
    // … and what it set aside goes with its page, as it told.
    if (deed.outcome === 'refused' && referee.livedInMemory(phone, deed.run)) continue;
    const where = isKept ? 'only in the journal' : 'nowhere';
    referee.breach(
      'nothing lost',
      `${deed.type} ${deed.opId} of ${phone.userId} (${deed.outcome}) is ${where}`,
    );
  }
}

/** Whether the journal has it among what a log had before it was wound back: its next run offers that to the log again. */
function isKeptForComingBack({ disk: { contents } }: Phone, { ids, scope, wasCut }: Deed): boolean {
  const at = contents.folds.get(scope)?.cursor[0];
  return (
    wasCut &&
    contents.acked.some(
      (own) => own.scope === scope && own.generation === at && ids.has(own.op.opId),
    )
  );
}

/**
 * Whether all that waits here was made before a log was wound back and names something that the log lacks: another
 * device has a day to bring that back, and until then nobody knows that it never will.
 */
function waitsForADay({ engine }: Phone, { logs }: Referee): boolean {
  for (const replica of engine?.replica.scopes ?? []) {
    for (const { op } of replica.pending()) {
      if (!logs.mayWait(replica.scope, op.base) || namedBy(op).length === 0) return false;
    }
  }
  return (engine?.replica.pendingCount ?? 0) > 0;
}

function checkServers({ servers }: World, referee: Referee): void {
  for (const { logs } of servers) {
    for (const [scope, told] of referee.logs.logs) {
      logs?.stateOf(scope).then((state) => {
        if (!state || stateHash(state) === stateHash(told.state)) return;
        referee.breach('all equal', `a server folded ${scope} to another state`);
      });
    }
  }
}

/** Whoever shares nothing now is on nobody's map. */
function checkPositions({ phones, servers }: World, referee: Referee): void {
  const off = new Set(
    phones.filter((phone) => referee.privacy.isOff(phone)).map(({ userId }) => userId),
  );
  const check = (where: string, memberId: string): void => {
    if (off.has(memberId)) {
      referee.breach('private stays private', `${memberId} is off and still shown ${where}`);
    }
  };
  servers.forEach(({ live }, index) => {
    for (const { memberId } of live?.known(roadScope).entries ?? []) {
      check(`by server ${index}`, memberId);
    }
  });
  for (const { userId, run } of phones) {
    for (const { memberId } of run?.lane.entries(roadScope) ?? []) check(`to ${userId}`, memberId);
  }
}
