import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { actor } from '../sync/sync-fixture.ts';
import { codeIn, dayMs, group, minuteMs, type TripBench, tripBench } from './trips-fixture.ts';

describe('past drives', () => {
  let bench: TripBench;
  let startMs: number;
  beforeEach(async () => {
    bench = await tripBench();
    startMs = bench.clock.nowMs();
  });
  afterEach(async () => {
    await bench.close();
    deepEqual(bench.bugs, []);
  });

  /** Everybody drives for ten minutes; Bo writes, and Cem likes the song. */
  const drive = async (): Promise<void> => {
    const track = { itemId: 'song', title: 'Road Song', url: 'https://x.example/1' };
    await bench.does('ana', { type: 'playlist.add', payload: { items: [track] } });
    for (let minute = 0; minute < 10; minute++) {
      for (const [index, who] of ['ana', 'bo', 'cem'].entries()) {
        await bench.isAt(who, 48 + index + minute / 1_000);
      }
      bench.clock.advance(minuteMs);
    }
    await bench.says('bo', 'Slower, please');
    await bench.does('cem', { type: 'reactions.set', payload: { itemId: 'song', like: true } });
    bench.clock.advance(minuteMs);
  };
  const span = () => ({ fromMs: startMs, untilMs: bench.clock.nowMs() });
  const seenBy = (who: string) => bench.trips.seen(actor(who), group, span());
  const share = (who = 'ana', more: object = {}) =>
    bench.trips.share(actor(who), group, { ...span(), ...more });
  const answer = (who: string, id: string, said: 'yes' | 'no') =>
    bench.trips.answer(actor(who), group, id, said);
  const shown = async (url: string) => {
    const { travellers } = await bench.trips.byCode(codeIn(url));
    return travellers.map(({ name, points }) => `${name} ${points.length}`).sort();
  };

  it('[TR1] show each member the places of who lets the group see them, and how many others there were', async () => {
    await drive();
    await bench.history.choose(actor('ana'), { seenBy: 'group' });
    const { title, travellers, unseenCount, messages, likes, everyMs } = await seenBy('bo');
    deepEqual(travellers.map(({ name, points }) => [name, points.length]).sort(), [
      ['ana', 10],
      ['bo', 10],
      ['cem', 0],
    ]);
    // Cem is known by the like alone, and so counts as seen.
    deepEqual([title, unseenCount, everyMs], ['Road trip', 0, 1]);
    deepEqual(
      messages.map(({ userId, text }) => [userId, text]),
      [['bo', 'Slower, please']],
    );
    deepEqual(
      likes.map(({ userId, title: of }) => [userId, of]),
      [['cem', 'Road Song']],
    );
    await bench.history.choose(actor('ana'), { seenBy: 'me' });
    equal((await seenBy('bo')).unseenCount, 1);
  });

  it('[TR1] show nobody what was before they came, nor that anybody was there then', async () => {
    await drive();
    await bench.history.choose(actor('ana'), { seenBy: 'group' });
    const payload = { memberId: 'dee', name: 'dee', role: 'member' } as const;
    await bench.does('dee', { type: 'members.join', payload });
    const { travellers, unseenCount, likes } = await seenBy('dee');
    deepEqual([travellers.map(({ name }) => name), unseenCount, likes], [['bo'], 0, []]);
    await rejects(bench.trips.seen(actor('eve'), group, span()), { code: 'forbidden' });
  });

  it('[TR1] have nobody in them where nobody may be seen', async () => {
    await drive();
    const before = { fromMs: startMs - dayMs, untilMs: startMs - 1 };
    const { travellers, unseenCount } = await bench.trips.seen(actor('ana'), group, before);
    deepEqual([travellers, unseenCount], [[], 0]);
  });

  it('[TR6] are of three days at most', async () => {
    const fromMs = startMs;
    for (const untilMs of [fromMs, fromMs - 1, fromMs + 3 * dayMs + 1]) {
      const seen = bench.trips.seen(actor('ana'), group, { fromMs, untilMs });
      await rejects(seen, { code: 'invalid' });
    }
  });

  it('[TR2] show by a link the sharer alone, and others once they said yes', async () => {
    await drive();
    const link = await share('ana', { title: 'To the sea' });
    deepEqual(link.consents, [
      { userId: 'ana', answer: 'yes' },
      { userId: 'bo', answer: 'none yet' },
      { userId: 'cem', answer: 'none yet' },
    ]);
    const first = await bench.trips.byCode(codeIn(link.url));
    deepEqual([first.title, first.unseenCount], ['To the sea', 2]);
    deepEqual([first.messages, first.likes], [[], []]);
    doesNotMatch(JSON.stringify(first), /bo|cem|Slower/);
    await answer('bo', link.id, 'yes');
    await answer('cem', link.id, 'no');
    deepEqual(await shown(link.url), ['ana 10', 'bo 10']);
    const { messages, unseenCount } = await bench.trips.byCode(codeIn(link.url));
    deepEqual([messages.map(({ text }) => text), unseenCount], [['Slower, please'], 1]);
    const [known] = await bench.trips.links(actor('bo'), group);
    deepEqual(
      known?.consents.map((one) => one.answer),
      ['yes', 'yes', 'no'],
    );
  });

  it('[TR4] stay as coarse as they were shared, and lose what is forgotten and no longer kept', async () => {
    await drive();
    await bench.isAt('bo', 50, { mode: 'coarse' });
    const link = await share();
    await answer('bo', link.id, 'yes');
    const trip = await bench.trips.byCode(codeIn(link.url));
    const last = trip.travellers.find(({ userId }) => userId === 'bo')?.points.at(-1);
    deepEqual([last?.mode, last?.accuracyM], ['coarse', 707]);
    await bench.history.forget('bo');
    deepEqual(await shown(link.url), ['ana 10']);
    equal((await bench.trips.byCode(codeIn(link.url))).messages.length, 0);
    // As if they had not been there.
    const [known] = await bench.trips.links(actor('ana'), group);
    deepEqual(
      known?.consents.map(({ userId }) => userId),
      ['ana', 'cem'],
    );
    bench.clock.advance(2 * dayMs);
    await bench.history.choose(actor('ana'), { keepDays: 1 });
    await rejects(shown(link.url), { code: 'gone' });
  });

  it('[TR4] lose what was forgotten by way of a process that tells nobody', async () => {
    await drive();
    const link = await share();
    await answer('bo', link.id, 'yes');
    deepEqual(await shown(link.url), ['ana 10', 'bo 10']);
    const elsewhere = bench.elsewhere();
    await elsewhere.choose(actor('bo'), { keepDays: 0 });
    await elsewhere.close();
    deepEqual(await shown(link.url), ['ana 10']);
  });

  it('[TR2] tell who came later of nobody’s no, nor that they were there', async () => {
    await drive();
    const link = await share();
    for (const who of ['ana', 'bo'] as const) await answer(who, link.id, 'yes');
    await answer('cem', link.id, 'no');
    const payload = { memberId: 'dee', name: 'dee', role: 'moderator' } as const;
    await bench.does('dee', { type: 'members.join', payload });
    const [known] = await bench.trips.links(actor('dee'), group);
    deepEqual(known?.consents, [
      { userId: 'ana', answer: 'yes' },
      { userId: 'bo', answer: 'yes' },
    ]);
    await bench.trips.end(actor('dee'), group, link.id);
  });

  it('[TR5] lose who leaves, is removed or banned, for good', async () => {
    await drive();
    const link = await share();
    for (const who of ['bo', 'cem']) await answer(who, link.id, 'yes');
    await bench.does('ana', { type: 'members.remove', payload: { memberId: 'bo', ban: true } });
    deepEqual(await shown(link.url), ['ana 10', 'cem 10']);
    await bench.does('cem', { type: 'members.leave', payload: {} });
    bench.clock.advance(minuteMs);
    const payload = { memberId: 'cem', name: 'cem', role: 'member' } as const;
    await bench.does('cem', { type: 'members.join', payload });
    deepEqual(await shown(link.url), ['ana 10']);
    await rejects(answer('bo', link.id, 'yes'), { code: 'removed' });
    // Who comes later was not there, and is not asked.
    await rejects(answer('cem', link.id, 'yes'), { code: 'not-found' });
    deepEqual(await bench.trips.links(actor('cem'), group), []);
  });

  it('[TR5] are over when their sharer is gone, and with their group', async () => {
    await drive();
    const bos = await share('bo');
    const anas = await share('ana');
    await answer('ana', bos.id, 'yes');
    await bench.does('ana', { type: 'members.remove', payload: { memberId: 'bo' } });
    await rejects(shown(bos.url), { code: 'gone' });
    deepEqual(
      (await bench.trips.links(actor('ana'), group)).map(({ id }) => id),
      [anas.id],
    );
    await bench.does('ana', { type: 'group.delete', payload: {} });
    await rejects(shown(anas.url), { code: 'gone' });
  });

  it('[TR6] are shared by who was there alone', async () => {
    const payload = { memberId: 'dee', name: 'dee', role: 'moderator' } as const;
    await bench.does('dee', { type: 'members.join', payload });
    await drive();
    await rejects(share('dee'), { code: 'forbidden' });
    await bench.says('dee', 'I sit in the back');
    bench.clock.advance(minuteMs);
    deepEqual(await shown((await share('dee')).url), ['dee 0']);
    await bench.history.choose(actor('dee'), { keepDays: 0 });
    await rejects(share('dee'), { code: 'forbidden' });
  });

  it('[TR6] are shared for a week, for thirty days at most, and for as long as they are kept', async () => {
    await drive();
    const nowMs = bench.clock.nowMs();
    equal((await share()).expiresAtMs, nowMs + 7 * dayMs);
    equal((await share('ana', { expiresAtMs: nowMs + dayMs })).expiresAtMs, nowMs + dayMs);
    for (const expiresAtMs of [nowMs, nowMs + 30 * dayMs + 1]) {
      await rejects(share('ana', { expiresAtMs }), { code: 'invalid' });
    }
    const { siteId = '' } = (await bench.store.memberships.group(group)) ?? {};
    await bench.history.choices.setDaysOf(siteId, 3);
    const kept = await share('ana', { expiresAtMs: nowMs + 30 * dayMs });
    equal(kept.expiresAtMs, nowMs + 3 * dayMs);
    // Nothing that is still to come is shared.
    equal((await share('ana', { untilMs: nowMs + dayMs })).untilMs, nowMs);
    bench.clock.advance(4 * dayMs);
    const terms = { fromMs: startMs, untilMs: nowMs };
    await rejects(bench.trips.share(actor('ana'), group, terms), { code: 'invalid' });
  });

  it('[TR6] have twenty links in a group at most', async () => {
    await drive();
    const links = [];
    for (let count = 0; count < 20; count++) links.push(await share());
    await rejects(share('bo'), { code: 'quota-exceeded' });
    await bench.trips.end(actor('ana'), group, links[0]?.id ?? '');
    await share('bo');
  });

  it('[TR7] are gone once they expired or were ended, and later unknown', async () => {
    await drive();
    const [one, two] = [await share('bo'), await share('bo')];
    await rejects(bench.trips.end(actor('cem'), group, one.id), { code: 'forbidden' });
    await rejects(bench.trips.end(actor('ana'), 'other', one.id), { code: 'not-found' });
    // The owner ends anybody's.
    await bench.trips.end(actor('ana'), group, one.id);
    await rejects(shown(one.url), { code: 'gone' });
    await rejects(answer('bo', one.id, 'yes'), { code: 'gone' });
    await rejects(bench.trips.end(actor('bo'), group, one.id), { code: 'gone' });
    deepEqual(await shown(two.url), ['bo 10']);
    bench.clock.advance(7 * dayMs);
    await rejects(shown(two.url), { code: 'gone' });
    deepEqual(await bench.trips.links(actor('bo'), group), []);
    bench.clock.advance(7 * dayMs);
    await bench.trips.tidy();
    await rejects(shown(two.url), { code: 'not-found' });
    deepEqual(bench.noted, ['trip-shared', 'trip-shared', 'trip-ended']);
  });

  it('[TR8] are found by a code of 192 bits alone, of which the store has nothing but the hash', async () => {
    await drive();
    const { id, url } = await share();
    const code = codeIn(url);
    match(url, /^https:\/\/jamz\.example\/trip\?code=[\w-]{32}$/);
    equal(Buffer.from(code, 'base64url').length, 24);
    const record = await bench.store.trips.byId(id);
    doesNotMatch(JSON.stringify(record), new RegExp(code));
    for (const other of [id, record?.codeHash ?? '', `${code.slice(1)}A`, '']) {
      await rejects(bench.trips.byCode(other), { code: 'not-found' });
    }
    // Who has the store and another secret has no way in, and shows no address that leads nowhere.
    const stolen = bench.under('another');
    await rejects(stolen.byCode(code), { code: 'not-found' });
    deepEqual(await stolen.links(actor('ana'), group), []);
  });

  it('[TR10] show a photo for as long as its person is in them', async () => {
    await drive();
    const photo = { type: 'members.describe', payload: { photoFileId: 'photo1' } } as const;
    for (const who of ['ana', 'bo']) await bench.does(who, photo);
    const link = await share();
    const code = codeIn(link.url);
    const [ana] = (await bench.trips.byCode(code)).travellers;
    equal(ana?.photoUrl, `/v1/trips/${code}/photos/ana`);
    equal(await bench.trips.photoOf(code, 'ana'), 'photo1');
    await rejects(bench.trips.photoOf(code, 'bo'), { code: 'not-found' });
    await answer('bo', link.id, 'yes');
    equal(await bench.trips.photoOf(code, 'bo'), 'photo1');
    await bench.trips.end(actor('ana'), group, link.id);
    await rejects(bench.trips.photoOf(code, 'bo'), { code: 'gone' });
  });
});
