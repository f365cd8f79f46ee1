import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { until } from '../scripts/testing/until.ts';
import type { Group, Jamz } from '../sdk/api.ts';
import { connect } from '../sdk/connect.ts';
import { memoryCounters } from './adapters/counters/memory-counters.ts';
import { createRateLimits, defaultRateLimits } from './http/rate-limits.ts';
import { type TestServer, testServer } from './test-server.ts';

describe('a past drive, from the SDK', () => {
  let server: TestServer;
  const open: Jamz[] = [];
  before(async () => {
    // A quick machine asks more often than people do until the writer has written.
    const limits = { ...defaultRateLimits, history: { times: 100_000, withinS: 60 } };
    server = await testServer({ rateLimits: createRateLimits(memoryCounters(), limits) });
  });
  after(async () => {
    for (const jamz of open) await jamz.close();
    await server.close();
  });

  const person = async (name: string) => {
    const jamz = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    open.push(jamz);
    await jamz.session.signInAsGuest({ name });
    const group = await jamz.openGroup('/drive');
    await jamz.syncNow();
    return { jamz, group, id: jamz.session.user$.value?.id ?? '' };
  };
  const isAt = async (group: Group, lat: number, span: { from: number; until: number }) => {
    group.sharing('precise');
    group.reportPosition({ lat, lng: 16.4, accuracyM: 5 });
    // The server writes a second after it heard, and tells nobody.
    const own = () => group.positionHistory({ from: span.from, to: span.until });
    await until(async () => (await own()).some((fix) => fix.lat === lat), 'the place is written');
  };

  it('[TR1] [TR2] [TR3] [TR7] is the group’s, then whoever’s has the link, with who said yes, until it ends', async () => {
    const ana = await person('Ana');
    const bo = await person('Bo');
    const span = { from: ana.jamz.serverNow() - 60_000, until: ana.jamz.serverNow() + 3_600_000 };
    await isAt(ana.group, 48.25, span);
    await isAt(bo.group, 48.5, span);
    await bo.group.send('Slower, please').acked;
    await bo.jamz.syncNow();

    const seen = await bo.group.trip(span);
    deepEqual(
      seen.travellers.map(({ name, points }) => [name, points.map(({ lat }) => lat)]),
      [['Bo', [48.5]]],
    );
    equal(seen.unseenCount, 1);
    deepEqual(
      seen.messages.map(({ text, userId }) => [text, userId]),
      [['Slower, please', bo.id]],
    );
    await ana.jamz.positionHistoryChoice({ seenBy: 'group' });
    equal((await bo.group.trip(span)).unseenCount, 0);

    const link = await ana.group.shareTrip({ ...span, title: 'To the sea' });
    const code = codeIn(link.url);
    deepEqual(
      new Set(link.consents),
      new Set([yes(ana.id), { userId: bo.id, answer: 'none yet' }]),
    );
    const stranger = connect({ server: server.base, site: 'pk_demo', storage: 'memory' });
    open.push(stranger);
    const shown = async () => {
      const { title, travellers, messages, unseenCount } = await stranger.trip(code);
      return [title, travellers.map(({ name }) => name).sort(), messages.length, unseenCount];
    };
    deepEqual(await shown(), ['To the sea', ['Ana'], 0, 1]);
    await bo.group.answerTrip(link.id, 'yes');
    deepEqual(await shown(), ['To the sea', ['Ana', 'Bo'], 1, 0]);
    deepEqual((await bo.group.tripLinks())[0]?.consents.length, 2);
    await bo.group.answerTrip(link.id, 'no');
    deepEqual(await shown(), ['To the sea', ['Ana'], 0, 1]);
    await rejects(bo.group.endTripLink(link.id), { code: 'forbidden' });
    await ana.group.endTripLink(link.id);
    await rejects(stranger.trip(code), { code: 'gone' });
    await rejects(stranger.trip('nobody'), { code: 'not-found' });
    deepEqual(await ana.group.tripLinks(), []);
  });

  it('[TR5] [TR9] [TR10] is told to its people, and ends with their accounts and their photos', async () => {
    const ana = await person('Ana');
    const bo = await person('Bo');
    const image = { width: 300, height: 300, channels: 3, background: '#228833' } as const;
    const picture = await sharp({ create: image }).jpeg().toBuffer();
    const photoFileId = await bo.jamz.addPhoto(new Blob([new Uint8Array(picture)]));
    await bo.group.describeMe({ photoFileId }).acked;
    const span = { from: ana.jamz.serverNow() - 60_000, until: ana.jamz.serverNow() + 3_600_000 };
    await isAt(ana.group, 48.25, span);
    await isAt(bo.group, 48.5, span);
    const [anas, bos] = [await ana.group.shareTrip(span), await bo.group.shareTrip(span)];
    await ana.group.answerTrip(bos.id, 'yes');
    await bo.group.answerTrip(anas.id, 'yes');
    const { jamz: reader } = ana;
    const [anasCode, bosCode] = [codeIn(anas.url), codeIn(bos.url)];

    const kinds = async () => {
      const file = await bo.jamz.exportData({ format: 'json' });
      const { records } = JSON.parse(await file.text());
      const ofTrips = records.filter(({ kind }: { kind: string }) => kind.startsWith('trip'));
      return ofTrips.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`).sort();
    };
    deepEqual(
      await kinds(),
      [`trip ${bos.id}`, `trip-answer ${anas.id}`, `trip-answer ${bos.id}`].sort(),
    );
    const { travellers } = await reader.trip(anasCode);
    const photoUrl = travellers.find(({ userId }) => userId === bo.id)?.photoUrl ?? '';
    const photo = await fetch(photoUrl);
    deepEqual(
      [photo.status, photo.headers.get('content-type'), photo.headers.get('cache-control')],
      [200, 'image/webp', 'no-store'],
    );
    equal((await sharp(await photo.arrayBuffer()).metadata()).width, 96);

    await bo.jamz.deleteAccount();
    const left = await reader.trip(anasCode);
    deepEqual(
      left.travellers.map(({ name }) => name),
      ['Ana'],
    );
    equal((await fetch(photoUrl)).status, 404);
    await rejects(reader.trip(bosCode), { code: 'not-found' });
  });
});

function codeIn(url: string): string {
  return new URL(url).searchParams.get('code') ?? '';
}

function yes(userId: string): object {
  return { userId, answer: 'yes' };
}
