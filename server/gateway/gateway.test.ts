import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type {
  CommitsMessage,
  EndedScope,
  HeadsMessage,
  HelloAnswer,
  LiveMessage,
  PullAnswer,
  PushAnswer,
  WireError,
  WireGroup,
} from '../../sdk/protocol/wire.ts';
import { actor, groupState, road, testReplica } from '../sync/sync-fixture.ts';
import { createGatewayBench, type GatewayBench, openSocket } from './gateway-fixture.ts';

describe('The gateway', () => {
  let bench: GatewayBench;
  beforeEach(async () => {
    bench = await createGatewayBench();
  });
  afterEach(() => bench.close());

  const hello = (cursor: unknown = null, scope: string = road) => ({
    version: 1,
    replicaId: 'any',
    scopes: [{ scope, cursor }],
  });
  const says = (replica: ReturnType<typeof testReplica>, messageId: string) => {
    const { scope, batch, runs } = replica.push(
      replica.op('messages.send', { messageId, text: 'hi' }),
    );
    return { scope, batch, runs };
  };

  it('opens for who has a token, and says in a code why not', async () => {
    const auth = { version: 1, site: 'pk_demo', token: 'ana' };
    await rejects(openSocket(bench.url, { ...auth, token: 'stolen' }), { code: 'unauthenticated' });
    await rejects(openSocket(bench.url, { ...auth, site: 'pk_none' }), { code: 'unauthenticated' });
    await rejects(openSocket(bench.url, { ...auth, version: 99 }), { code: 'update-needed' });
    await rejects(openSocket(bench.url, {}), { code: 'invalid' });
    await rejects(openSocket(bench.url, { ...auth, token: { $gt: '' } }), { code: 'invalid' });
    equal(bench.gateway.socketCount, 0);
  });

  it('[WR13] speaks over long polling where web sockets are blocked', async () => {
    const auth = { version: 1, site: 'pk_demo', token: 'ana' };
    const polling = await openSocket(bench.url, auth, ['polling']);
    equal((await polling.ask<HelloAnswer>('hello', hello())).user.id, 'ana');
    const bo = await bench.open('bo');
    await bo.ask('hello', hello());
    const { head } = await bo.ask<PushAnswer>('push', says(testReplica('bo'), 'm1'));
    const { commits } = await polling.next<CommitsMessage>('commits');
    equal(commits[0]?.hash, head[2]);
    polling.socket.disconnect();
  });

  it('[WR5] greets with who one is, one’s groups, and what was missed', async () => {
    const ana = await bench.open('ana');
    const answer = await ana.ask<HelloAnswer>('hello', hello());
    deepEqual(answer.user, { id: 'ana', name: 'ana', guest: false });
    deepEqual(
      answer.groups.map(({ id, role }) => [id, role]),
      [['road', 'owner']],
    );
    const [pull] = answer.pulls;
    equal(pull?.head[1], 3);
    ok(pull?.snapshot);
    equal(pull.snapshot.totalBytes, Buffer.from(String(pull.chunk), 'base64').byteLength);
  });

  it('names the scopes that cannot be followed, and follows the others', async () => {
    const eve = await bench.open('eve');
    const answer = await eve.ask<HelloAnswer>('hello', {
      version: 1,
      replicaId: 'r',
      scopes: [
        { scope: road, cursor: null },
        { scope: 'g:none', cursor: null },
        { scope: 'u:eve', cursor: null },
      ],
    });
    deepEqual(
      answer.ended.map(({ scope, code }) => [scope, code]),
      [
        [road, 'forbidden'],
        ['g:none', 'not-found'],
      ],
    );
    deepEqual(
      answer.pulls.map(({ scope }) => scope),
      ['u:eve'],
    );
  });

  it('[WR11] tells followers of a commit, and the writer only by the answer', async () => {
    const [ana, tablet, bo] = await Promise.all(['ana', 'ana', 'bo'].map(bench.open));
    if (!ana || !tablet || !bo) throw new Error('three sockets');
    for (const socket of [ana, tablet, bo]) await socket.ask('hello', hello());
    const phone = testReplica('ana');
    const answer = await ana.ask<PushAnswer>('push', says(phone, 'm1'));
    deepEqual(answer.applied, [[1, 1]]);
    deepEqual(answer.commits[0]?.runs, [{ own: [[1, 1]] }]);
    for (const socket of [tablet, bo]) {
      const { scope, commits } = await socket.next<CommitsMessage>('commits');
      equal(scope, road);
      equal(commits[0]?.hash, answer.head[2]);
    }
    // Bo's next word reaches Ana; had hers come back to her, it would have come before.
    await bo.ask('push', says(testReplica('bo'), 'm2'));
    const { commits } = await ana.next<CommitsMessage>('commits');
    equal(commits[0]?.runs[0]?.authorId, 'bo');
  });

  it('[WR11] answers who leaves by a push of their own before it tells them that they are out', async () => {
    const bo = await bench.open('bo');
    await bo.ask('hello', hello());
    // As they arrive: promises of the two take different ways.
    const order: string[] = [];
    bo.socket.io.engine.on('packet', ({ data }: { readonly data?: unknown }) => {
      const text = String(data);
      if (text.startsWith('3')) order.push('answer');
      else if (text.startsWith('2["ended"')) order.push('ended');
    });
    const { scope, batch, runs } = testReplica('bo').push(
      testReplica('bo').op('members.leave', {}),
    );
    const out = bo.next<EndedScope>('ended');
    await Promise.all([out, bo.ask('push', { scope, batch, runs })]);
    deepEqual(order, ['answer', 'ended']);
  });

  it('[WR11] sends answers and commits in the order of the log', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    for (const socket of [ana, bo]) await socket.ask('hello', hello());
    const seen: number[] = [];
    ana.socket.on('commits', ({ commits }: CommitsMessage) => {
      for (const { seq } of commits) seen.push(seq);
    });
    const [left, right] = [testReplica('ana'), testReplica('bo')];
    for (let round = 0; round < 20; round++) {
      const mine = ana.ask<PushAnswer>('push', says(left, `a${round}`)).then((answer) => {
        for (const { seq } of answer.commits) seen.push(seq);
      });
      await Promise.all([mine, bo.ask('push', says(right, `b${round}`))]);
    }
    await ana.ask('time', 0);
    deepEqual(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    equal(new Set(seen).size, seen.length);
  });

  it('[AC2] lets the removed go at once, and tells them nothing more', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    for (const socket of [ana, bo]) await socket.ask('hello', hello());
    const phone = testReplica('ana');
    const { scope, batch, runs } = phone.push(phone.op('members.remove', { memberId: 'bo' }));
    await ana.ask('push', { scope, batch, runs });
    const ended = await bo.next<EndedScope>('ended');
    deepEqual([ended.scope, ended.code], [road, 'removed']);
    deepEqual(await bo.next<WireGroup[]>('groups'), []);
    await ana.ask('push', says(phone, 'm1'));
    await rejects(bo.ask('pull', { scope: road, cursor: null }), { code: 'removed' });
    equal(bo.waiting('commits'), 0);
  });

  it('[MG16] keeps who loses the link in the audio session', async () => {
    const bo = await bench.open('bo');
    const phone = testReplica('bo');
    const { scope, batch, runs } = phone.push(phone.op('session.start', { sessionId: 's' }));
    await bo.ask('push', { scope, batch, runs });
    bo.socket.io.engine.close();
    while (bench.gateway.socketCount > 0) await setImmediate();
    bench.seconds(120);
    const { session } = await groupState(bench);
    deepEqual(session.running?.members, ['bo']);
  });

  it('follows and unfollows in between', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    const answer = await bo.ask<PullAnswer & { live: LiveMessage }>('follow', {
      scope: road,
      cursor: null,
    });
    ok(answer.snapshot);
    deepEqual(answer.live, { scope: road, entries: [] });
    const phone = testReplica('ana');
    await ana.ask('push', says(phone, 'm1'));
    await bo.next('commits');
    await bo.ask('unfollow', { scope: road });
    await ana.ask('push', says(phone, 'm2'));
    await bo.ask('time', 0);
    equal(bo.waiting('commits'), 0);
  });

  it('passes positions on, and gives those known to who comes later', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    await bo.ask('hello', hello());
    const fix = { lat: 48, lng: 16, accuracyM: 5, atMs: bench.clock.nowMs() };
    const report = { scope: road, deviceId: 'phone', mode: 'precise', fix };
    equal(await ana.ask('live', report), null);
    const { entries } = await bo.next<LiveMessage>('live');
    deepEqual(entries, [{ memberId: 'ana', deviceId: 'phone', mode: 'precise', fix }]);
    const { live } = await (await bench.open('bo')).ask<HelloAnswer>('hello', hello());
    deepEqual(live, [{ scope: road, entries }]);
  });

  it('gives no position that was switched off while the greeting was worked on', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    const fix = { lat: 48, lng: 16, accuracyM: 5, atMs: bench.clock.nowMs() };
    const report = { scope: road, deviceId: 'phone', mode: 'precise', fix };
    await ana.ask('live', report);
    const { memberships } = bench.store;
    const { ofUser } = memberships;
    Object.assign(memberships, {
      async ofUser(userId: string) {
        await ana.ask('live', { ...report, mode: 'off', fix: null });
        return ofUser(userId);
      },
    });
    const { live } = await bo.ask<HelloAnswer>('hello', hello());
    deepEqual(live, []);
    equal((await bo.next<LiveMessage>('live')).entries[0]?.fix, null);
  });

  it('[WR6] tells every ten seconds where the logs end', async () => {
    const ana = await bench.open('ana');
    await ana.ask('hello', hello());
    bench.seconds(10);
    deepEqual(await ana.next<HeadsMessage>('heads'), [[road, 1, 3]]);
    equal(ana.waiting('heads'), 0);
  });

  it('tells its time, in fractions of a millisecond', async () => {
    const nowMs = bench.clock.nowMs();
    const [receivedMs, sentMs] = await (await bench.open('ana')).ask<[number, number]>('time', 5);
    ok(receivedMs >= nowMs && sentMs >= receivedMs && sentMs <= nowMs + 1);
  });

  it('[AC9] ends a socket whose token has expired, unless it was renewed in band', async () => {
    const expiresAtMs = bench.clock.nowMs() + 1_500;
    bench.tokens.set('short', actor('ana', { expiresAtMs }));
    const [kept, lost] = [await bench.open('short'), await bench.open('short')];
    await rejects(kept.ask('token', { token: 'bo' }), { code: 'forbidden' });
    await rejects(kept.ask('token', { token: 'stolen' }), { code: 'unauthenticated' });
    equal(await kept.ask('token', { token: 'ana' }), null);
    bench.seconds(2);
    equal((await lost.next<WireError>('bye')).code, 'token-expired');
    await lost.next('disconnect');
    deepEqual(await kept.ask('unfollow', { scope: road }), null);
  });

  it('[AC9] ends the sockets of a sign-in that ended', async () => {
    const [ana, bo] = [await bench.open('ana'), await bench.open('bo')];
    bench.bus.publish({ kind: 'signed-out', familyId: 'family-ana' });
    equal((await ana.next<WireError>('bye')).code, 'unauthenticated');
    await ana.next('disconnect');
    ok(await bo.ask('time', 0));
  });

  it('[BK12] stops with a word to everybody when to come back', async () => {
    const ana = await bench.open('ana');
    const stopped = bench.gateway.stop();
    const bye = await ana.next<WireError>('bye');
    equal(bye.code, 'unavailable');
    equal(bye.retryAfterMs, 3_000);
    await ana.next('disconnect');
    await stopped;
    equal(bench.gateway.socketCount, 0);
  });
});
