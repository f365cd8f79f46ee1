import { deepEqual } from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { readPushMessage } from '../sdk/protocol/push-message.ts';
import type { Answer, Visit } from '../sdk/protocol/wire.ts';
import {
  type FakePushService,
  fakePushService,
} from './adapters/push/fake-push-service-fixture.ts';
import { type TestPerson, type TestServer, testServer } from './test-server.ts';

/** From what a device says of itself to the push service, with a whole server. */
describe('pushes of arrivals', () => {
  let service: FakePushService;
  let server: TestServer;
  let groupId: string;
  let ana: TestPerson;
  let bo: TestPerson;
  let socket: Socket;
  let counter = 0;

  before(async () => {
    service = await fakePushService();
    const env = { PUSH_ORIGINS: service.origin, VAPID_SUBJECT: 'mailto:o@x.example' };
    server = await testServer({ env });
  });
  after(async () => {
    socket.close();
    await server.close();
    await service.close();
  });
  beforeEach(async () => {
    counter += 1;
    [ana, bo] = [await server.guest('Ana'), await server.guest('Bo')];
    for (const { token } of [ana, bo]) {
      const body = { place: `/visits-${counter}` };
      groupId = (await server.ask('/v1/groups/open', { token, body })).json.id;
    }
    const browser = { ...service.subscribe(), language: 'en', page: 'https://host.example/' };
    await server.ask('/v1/push/browsers', { token: bo.token, body: browser });
    await prefer({ kinds: ['message', 'place-reached', 'place-left'] });
    const auth = { version: 1, site: 'pk_demo', token: ana.token };
    socket?.close();
    socket = io(server.base, { path: '/v1/socket', transports: ['websocket'], auth });
    await push('places.save', { placeId: 'p1', name: 'The beach', lat: 43.7, lng: 7.4 });
  });

  const prefer = (body: object) =>
    server.ask('/v1/push/preferences', { method: 'PUT', token: bo.token, body });
  const push = async (type: string, payload: object): Promise<void> => {
    counter += 1;
    const replicaId = `r${counter}`;
    const run = {
      ...{ replicaId, stamperId: replicaId, version: 1, base: [1, 3], authorId: ana.userId },
      ops: [[1, 1, Date.now(), 0, type, payload]],
    };
    const batch = { scope: `g:${groupId}`, batch: 1, runs: [run] };
    const body = { version: 1, replicaId, push: [batch], pull: [] };
    const { json } = await server.ask('/v1/sync', { token: ana.token, body });
    deepEqual(json.answers[0]?.applied, [[1, 1]]);
  };
  const visit = (kind: Visit['kind'], atMs: number, placeId = 'p1'): Visit => ({
    ...{ placeId, kind, atMs },
  });
  const report = async (
    told: Visit,
    { mode = 'precise', deviceId = 'phone' }: { mode?: string; deviceId?: string } = {},
  ): Promise<Answer<null>> => {
    const fix = { lat: 43.7, lng: 7.4, accuracyM: 8, atMs: Date.now() };
    const body = { scope: `g:${groupId}`, deviceId, mode, fix, visit: told };
    return socket.emitWithAck('live', body);
  };
  /** Everything that was pushed since, up to a message that is said now. */
  const pushed = async (since: number): Promise<readonly (string | undefined)[]> => {
    await push('messages.send', { messageId: `m${counter}`, text: 'end' });
    const bodies = () =>
      service.received.slice(since).map(({ text }) => readPushMessage(JSON.parse(text))?.body);
    for (let count = 1; !bodies().includes('Ana: end'); count++) await service.until(since + count);
    return bodies().filter((body) => body !== 'Ana: end');
  };

  it('[PS28] tell who wants to hear of them, once each, however often a device repeats them', async () => {
    const since = service.received.length;
    const arrived = visit('arrived', Date.now() - 60_000);
    deepEqual(await report(arrived), { ok: null });
    await service.until(since + 1);
    await report(arrived);
    await report(visit('left', Date.now()));
    await service.until(since + 2);
    deepEqual(await pushed(since), ['Ana has arrived: The beach', 'Ana has left: The beach']);
  });

  it('[PS28] are one of one person and place, from however many devices, for twenty minutes', async () => {
    const since = service.received.length;
    await report(visit('arrived', Date.now() - 60_000));
    await service.until(since + 1);
    await report(visit('arrived', Date.now() - 50_000), { deviceId: 'tablet' });
    await report(visit('arrived', Date.now()));
    deepEqual(await pushed(since), ['Ana has arrived: The beach']);
  });

  it('[PS28] tell nobody who did not ask for them', async () => {
    await prefer({ kinds: ['message'] });
    const since = service.received.length;
    await report(visit('arrived', Date.now()));
    deepEqual(await pushed(since), []);
  });

  it('[PS28] are none of what is old, of a place that the group does not have, or of who shares roughly', async () => {
    const since = service.received.length;
    await report(visit('arrived', Date.now() - 20 * 60_000));
    await report(visit('arrived', Date.now(), 'p9'));
    await report(visit('left', Date.now()), { mode: 'coarse' });
    deepEqual(await pushed(since), []);
  });
});
