import { deepEqual, equal, ok } from 'node:assert/strict';
import { it } from 'node:test';
import type { Store, TripAnswerRecord, TripRecord } from './store.ts';

/** The part of the store's contract that is about shared trips. */
export function tripsContract(store: () => Store): void {
  const idsOf = (trips: readonly TripRecord[]) => trips.map(({ tripId }) => tripId);

  it('keeps links to trips by their id, their code’s hash, their group and their sharer', async () => {
    const { trips } = store();
    await trips.add({ ...trip, tripId: 't2', codeHash: 'h2', createdAtMs: 2 }, 20);
    await trips.add(trip, 20);
    await trips.add({ ...trip, tripId: 't3', codeHash: 'h3', groupId: 'sea', title: null }, 20);
    deepEqual(await trips.byId('t1'), trip);
    deepEqual(await trips.byCodeHash('h1'), trip);
    deepEqual([await trips.byId('t9'), await trips.byCodeHash('t1')], [undefined, undefined]);
    deepEqual(idsOf(await trips.ofGroup('road', 99)), ['t1', 't2']);
    deepEqual(idsOf(await trips.ofGroup('road', 100)), []);
    deepEqual(idsOf(await trips.sharedBy('ana')), ['t1', 't3', 't2']);
    deepEqual(await trips.sharedBy('bo'), []);
  });

  it('[TR6] keeps no more links of a group than it may have, though many are made at once', async () => {
    const { trips } = store();
    await trips.add({ ...trip, groupId: 'sea' }, 1);
    await trips.add({ ...trip, tripId: 'old', codeHash: 'old', expiresAtMs: 50 }, 1);
    const made = Array.from({ length: 12 }, (_, index) => ({
      ...{ ...trip, tripId: `n${index}`, codeHash: `n${index}` },
      createdAtMs: 60,
    }));
    const kept = await Promise.all(made.map((one) => trips.add(one, 3)));
    const live = await trips.ofGroup('road', 60);
    ok(live.length <= 3, `${live.length} links`);
    equal(kept.filter(Boolean).length, live.length);
    for (const one of made)
      await trips.add({ ...one, tripId: `${one.tripId}+`, codeHash: `${one.codeHash}+` }, 3);
    equal((await trips.ofGroup('road', 60)).length, 3);
    equal(
      await trips.add({ ...trip, tripId: 'more', codeHash: 'more', createdAtMs: 60 }, 3),
      false,
    );
    equal(await trips.byId('more'), undefined);
  });

  it('[TR3] keeps what each said last of a trip', async () => {
    const { trips } = store();
    await trips.add(trip, 20);
    await trips.answer(said('bo', 'yes'));
    await trips.answer(said('ana', 'yes'));
    await trips.answer({ ...said('bo', 'no'), incarnation: 7, atMs: 9 });
    await trips.answer({ ...said('bo', 'yes'), tripId: 't0' });
    const bo = { ...said('bo', 'no'), incarnation: 7, atMs: 9 };
    deepEqual(await trips.answersTo('t1'), [said('ana', 'yes'), bo]);
    deepEqual(await trips.answersOf('bo'), [{ ...said('bo', 'yes'), tripId: 't0' }, bo]);
  });

  it('[TR7] knows an ended link as one that has expired, until that is forgotten', async () => {
    const { trips } = store();
    await trips.add(trip, 20);
    await trips.add({ ...trip, tripId: 't2', codeHash: 'h2' }, 20);
    await trips.answer(said('ana', 'yes'));
    await trips.answer({ ...said('ana', 'yes'), tripId: 't2' });
    await trips.end('t1', 50);
    await trips.end('t1', 70);
    await trips.end('t9', 50);
    deepEqual(await trips.byCodeHash('h1'), { ...trip, title: null, expiresAtMs: 50 });
    deepEqual(await trips.answersTo('t1'), []);
    deepEqual(idsOf(await trips.ofGroup('road', 50)), ['t2']);
    await trips.dropExpired(49);
    equal((await trips.byId('t1'))?.expiresAtMs, 50);
    await trips.dropExpired(50);
    equal(await trips.byId('t1'), undefined);
    equal((await trips.answersTo('t2')).length, 1);
    await trips.dropExpired(100);
    deepEqual([await trips.byId('t2'), await trips.answersTo('t2')], [undefined, []]);
  });

  it('[TR9] leaves neither links nor answers of a person who is erased', async () => {
    const { trips, personal } = store();
    await trips.add(trip, 20);
    await trips.add({ ...trip, tripId: 't2', codeHash: 'h2', sharedBy: 'bo' }, 20);
    for (const tripId of ['t1', 't2']) {
      await trips.answer({ ...said('ana', 'yes'), tripId });
      await trips.answer({ ...said('bo', 'yes'), tripId });
    }
    await personal.finishErasure('ana');
    equal(await trips.byId('t1'), undefined);
    deepEqual(await trips.answersTo('t1'), []);
    deepEqual(await trips.answersTo('t2'), [{ ...said('bo', 'yes'), tripId: 't2' }]);
  });
}

const trip: TripRecord = {
  ...{ tripId: 't1', siteId: 's1', groupId: 'road', codeHash: 'h1', title: 'To the sea' },
  ...{ fromMs: 10, untilMs: 20, sharedBy: 'ana', incarnation: 3, createdAtMs: 1 },
  expiresAtMs: 100,
};

function said(userId: string, answer: 'yes' | 'no'): TripAnswerRecord {
  return { tripId: 't1', userId, incarnation: 3, answer, atMs: 5 };
}
