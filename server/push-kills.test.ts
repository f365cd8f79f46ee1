import { deepEqual, equal, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import { readPushMessage } from '../sdk/protocol/push-message.ts';
import {
  type FakePushService,
  fakePushService,
} from './adapters/push/fake-push-service-fixture.ts';
import { type ServerProcess, serverProcess } from './process-fixture.ts';

const listeners = 20;
const taken = 7;
const site = 'pk_demo';

/** Resolves when the store has no claim for so many messages that were tried. */
async function waitingAre(count: number, dataDir: string): Promise<void> {
  const database = new DatabaseSync(join(dataDir, 'trafficjamz.sqlite'), { readOnly: true });
  const claims = database.prepare("SELECT key FROM push_claims WHERE key NOT LIKE 'resume %'");
  const isSo = (): boolean => claims.all().length === listeners - count;
  await until(isSo, `${count} messages wait to be pushed`);
  database.close();
}

/** A real server that is killed with messages on their way to a push service. */
describe('push messages, when the server is killed', () => {
  let service: FakePushService;
  let server: ServerProcess;
  before(async () => {
    service = await fakePushService();
    const env = { PUSH_ORIGINS: service.origin, VAPID_SUBJECT: 'mailto:o@x.example' };
    server = await serverProcess(undefined, env);
    await server.start();
  });
  after(async () => {
    await server.dispose();
    await service.close();
  });

  async function ask(path: string, token: string, body: object) {
    const response = await fetch(`${server.base}/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    ok(response.ok, `${path} ${response.status}`);
    return response.json();
  }
  async function guest(name: string, place: string) {
    const { accessToken, user } = await ask('auth/guest', 'none', { site, name, via: 'body' });
    const { id: groupId } = await ask('groups/open', accessToken, { place });
    return { token: accessToken as string, userId: user.id as string, groupId: groupId as string };
  }
  type Guest = Awaited<ReturnType<typeof guest>>;

  async function say(
    { token, userId, groupId }: Guest,
    texts: readonly string[],
    replicaId: string,
  ) {
    const nowMs = Date.now();
    const ops = texts.map((text, index) => {
      const payload = { messageId: `${replicaId}-${index}`, text };
      return [index + 1, index + 1, nowMs, index, 'messages.send', payload];
    });
    const run = {
      replicaId,
      stamperId: replicaId,
      version: 1,
      base: [1, 2],
      authorId: userId,
      ops,
    };
    const push = [{ scope: `g:${groupId}`, batch: 1, runs: [run] }];
    const { answers } = await ask('sync', token, { version: 1, replicaId, push, pull: [] });
    equal(JSON.stringify(answers[0]?.applied), `[[1,${texts.length}]]`);
  }
  const listener = async (name: string, place: string) => {
    const { token } = await guest(name, place);
    const browser = service.subscribe();
    await ask('push/browsers', token, { ...browser, language: 'en', page: 'https://h.example/t' });
    return new URL(browser.endpoint).pathname;
  };
  const told = (path: string) =>
    service.received
      .filter((push) => push.path === path)
      .map(({ text }) => readPushMessage(JSON.parse(text))?.body ?? '');

  it('[WP8] tell after the next start what waited, and nothing twice', async () => {
    const place = '/killed-waiting';
    const ana = await guest('Ana', place);
    const paths: string[] = [];
    for (let index = 0; index < listeners; index++) paths.push(await listener(`L${index}`, place));
    // The service takes some, and asks to come back much later with the others: they wait in the server.
    const since = service.received.length;
    service.answer = () =>
      service.received.length < since + taken
        ? undefined
        : { status: 503, headers: { 'retry-after': '600' } };
    await say(ana, ['hello'], 'r-waiting');
    await service.until(since + taken);
    await waitingAre(listeners - taken, server.dataDir);
    await server.end('SIGKILL');
    service.answer = () => undefined;
    await server.start();
    await service.until(since + listeners);
    await say(ana, ['the last'], 'r-last');
    await service.until(since + 2 * listeners);
    for (const path of paths) deepEqual(told(path), ['Ana: hello', 'Ana: the last']);
  });

  it('[WP8] tell after a clean stop, too, and nothing of what was told before it', async () => {
    const place = '/stopped-waiting';
    const ana = await guest('Ana', place);
    const path = await listener('Bo', place);
    const since = service.received.length;
    await say(ana, ['before'], 'r-before');
    await service.until(since + 1);
    service.answer = () => ({ status: 503 });
    await say(ana, ['while it was away'], 'r-away');
    equal(await server.end('SIGTERM'), 0);
    service.answer = () => undefined;
    await server.start();
    await service.until(since + 2);
    await say(ana, ['after'], 'r-after');
    await service.until(since + 3);
    deepEqual(told(path), ['Ana: before', 'Ana: while it was away', 'Ana: after']);
  });
});
