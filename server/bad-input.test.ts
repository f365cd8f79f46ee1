import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { foldCommit, foldVersion } from '../sdk/merge/fold.ts';
import { decodeSnapshot, stateHash } from '../sdk/merge/snapshot.ts';
import { JamzError } from '../sdk/protocol/errors.ts';
import { groupScope } from '../sdk/protocol/ids.ts';
import { limits } from '../sdk/protocol/limits.ts';
import type { PushAnswer } from '../sdk/protocol/wire.ts';
import { openSocket } from './gateway/gateway-fixture.ts';
import {
  expected,
  problem,
  type TestAnswer,
  type TestPerson,
  type TestServer,
  testServer,
} from './test-server.ts';
import { silentWave, upload } from './upload-fixture.ts';

/** Why something was not taken, whichever way it was asked. */
interface Told {
  readonly code: string;
  readonly message: string;
}

const tooFarAheadMs = limits.maxClockAheadMs + 60_000;

/** What a replica says that a server must not take: what is wrong with it, the code, and what the message tells. */
const badPushes: readonly (readonly [string, object, string, RegExp])[] = [
  ['runs that are no list', { runs: 'x' }, 'invalid', /“runs” must be a list/],
  ['an op that is no op', { ops: [[1, 1]] }, 'invalid', /must be a list of six/],
  ['an empty text', { payload: { messageId: 'm', text: '' } }, 'invalid', /text/],
  ['an op above its size', { type: 'playlist.add', payload: tooMuch() }, 'too-large', /split it/],
  ['more ops than a push holds', { times: limits.maxBatchOps + 1 }, 'too-large', /send fewer/],
  ['a stamp from the future', { aheadMs: tooFarAheadMs }, 'clock-ahead', /\d+ s ahead/],
  ['a base that the log has not reached', { base: [1, 9_999] }, 'invalid', /does not have/],
  ['a type of another version', { type: 'party.start' }, 'update-needed', /update this side/],
  ['a version of next year', { version: 99 }, 'update-needed', /reload or update/],
  ['an op that only the server makes', asOwner(), 'forbidden', /rules/],
  ['another’s name', { authorId: 'somebody' }, 'forbidden', /sign in as its author/],
  ['a track that is not there', { type: 'playlist.remove' }, 'not-found', /no longer/],
  ['a group that is not there', { scope: 'g:nowhere' }, 'not-found', /no such group/],
];

describe('bad input', () => {
  let server: TestServer;
  let ann: TestPerson;
  let eve: TestPerson;
  let groupId: string;
  let pushes = 0;

  before(async () => {
    server = await testServer();
    ann = await server.guest('Ann');
    eve = await server.guest('Eve');
    groupId = await groupOf(server, ann);
  });
  after(() => server.close());

  const pushOf = (change: object, { userId } = ann) =>
    pushFrom(userId, groupScope(groupId), `bad-${++pushes}`, change);

  const overHttp = async (push: object, { token } = ann): Promise<Told> => {
    const body = { version: 1, replicaId: 'r', push: [push], pull: [] };
    return toldBy(await server.ask('/v1/sync', { token, body }));
  };

  const overSocket = async (push: object, { token } = ann): Promise<Told> => {
    const { ask, socket } = await openSocket(server.base, { version: 1, site: 'pk_demo', token });
    try {
      return toldOf(await ask<PushAnswer>('push', push));
    } catch (error) {
      if (error instanceof JamzError) return error;
      throw error;
    } finally {
      socket.disconnect();
    }
  };

  /** Nothing of the group is another, and the process answers. */
  const unchanged = async (act: () => Promise<void>): Promise<void> => {
    const was = await hashOf(server, ann, groupId);
    await act();
    equal(await hashOf(server, ann, groupId), was);
    equal((await server.ask('/readyz')).status, 200);
  };

  for (const [way, told] of [
    ['over HTTP', overHttp],
    ['over a socket', overSocket],
  ] as const) {
    for (const [what, change, code, message] of badPushes) {
      it(`of ${what} is answered ${code} ${way}, and changes nothing`, () =>
        unchanged(async () => {
          const answer = await told(pushOf(change));
          equal(answer.code, code, answer.message);
          match(answer.message, message);
        }));
    }

    it(`of a stranger is answered forbidden ${way}, and changes nothing`, () =>
      unchanged(async () => {
        const answer = await told(pushOf({}, eve), eve);
        equal(answer.code, 'forbidden');
        match(answer.message, /ask one of them for an invitation/);
      }));
  }

  for (const [what, token] of [
    ['no token', ''],
    ['a token that is none', 'x.y.z'],
    ['a token of another server', `${'e30'}.${'e30'}.c2ln`],
  ] as const) {
    it(`of ${what} is answered unauthenticated, wherever it is shown`, () =>
      unchanged(async () => {
        const body = { version: 1, replicaId: 'r', push: [pushOf({})], pull: [] };
        const answer = await server.ask('/v1/sync', { token, body });
        deepEqual(problem(answer), expected(401, 'unauthenticated'));
        const opened = openSocket(server.base, { version: 1, site: 'pk_demo', token });
        await rejects(opened, { code: 'unauthenticated' });
      }));
  }

  it('of a file that is no sound is answered unsupported-type, and makes no file', () =>
    unchanged(async () => {
      const answer = await upload(server, ann, groupId, Buffer.from('<html>not a song</html>'));
      deepEqual(problem(answer), expected(415, 'unsupported-type'));
      match(answer.json.detail, /MP3|sound|audio/i);
    }));
});

describe('a full disk', () => {
  it('is answered storage-full, keeps what was acknowledged, and the process lives', async () => {
    const server = await testServer({ maxPages: 150 });
    try {
      const ann = await server.guest('Ann');
      const groupId = await groupOf(server, ann);
      const push = async (round: number) => {
        const change = { times: 200, payload: { text: 'x'.repeat(1_000) } };
        const message = pushFrom(ann.userId, groupScope(groupId), `r${round}`, change);
        const body = { version: 1, replicaId: 'r', push: [message], pull: [] };
        return server.ask('/v1/sync', { token: ann.token, body });
      };
      let round = 0;
      let answer = await push(round);
      while (answer.json.errors.length === 0 && round < 20) {
        equal(answer.json.answers[0]?.applied.length, 1);
        answer = await push(++round);
      }
      const was = await hashOf(server, ann, groupId);
      const again = await push(round);
      for (const { json } of [answer, again]) {
        equal(json.errors[0]?.code, 'storage-full');
        match(json.errors[0]?.message ?? '', /no room left/);
      }
      equal(await hashOf(server, ann, groupId), was);
      equal((await server.ask('/healthz')).status, 200);
    } finally {
      await server.close();
    }
  });

  it('is told to who uploads, and makes no file', async () => {
    const full = async (): Promise<never> => {
      throw new JamzError('storage-full', 'The server has no room left for files: try again later');
    };
    const server = await testServer({
      files: (real) => ({ ...real, write: full, adopt: full }),
    });
    try {
      const ann = await server.guest('Ann');
      const groupId = await groupOf(server, ann);
      const was = await hashOf(server, ann, groupId);
      const answer = await upload(server, ann, groupId, silentWave());
      deepEqual(problem(answer), expected(507, 'storage-full'));
      equal(await hashOf(server, ann, groupId), was);
      equal((await server.ask('/healthz')).status, 200);
    } finally {
      await server.close();
    }
  });
});

async function groupOf(server: TestServer, { token }: TestPerson): Promise<string> {
  return (await server.ask('/v1/groups', { token, body: { name: 'Road trip' } })).json.id;
}

/** A push of messages, with one thing about it changed. */
function pushFrom(userId: string, scope: string, replicaId: string, change: object): object {
  const {
    times = 1,
    type = 'messages.send',
    aheadMs = 0,
    base = [1, 2],
    version = 1,
    authorId = userId,
    payload,
  } = change as Readonly<Record<string, never>>;
  const ops = Array.from({ length: times }, (_, index) => {
    const text = { itemId: 'none', messageId: `${replicaId}-${index}`, text: 'hello' };
    const whole = { ...text, ...(payload as object | undefined) };
    return [index + 1, index + 1, Date.now() + aheadMs, index, type, whole];
  });
  const run = { replicaId, authorId, stamperId: 's', version, base, ops, ...change };
  return { scope, batch: 1, runs: [run], ...change };
}

function tooMuch(): object {
  const url = `https://example.org/${'x'.repeat(limits.maxUrlChars - 30)}`;
  const items = Array.from({ length: 20 }, (_, index) => ({
    itemId: `i${index}`,
    title: 't',
    url,
  }));
  return { items };
}

function asOwner(): object {
  return { type: 'members.join', payload: { memberId: 'm', name: 'Mallory', role: 'owner' } };
}

function toldBy({ json }: TestAnswer): Told {
  const [answer] = json.answers ?? [];
  const whole = json.ended?.[0] ?? json.errors?.[0];
  return answer ? toldOf(answer) : (whole ?? { code: json.code, message: json.detail });
}

function toldOf({ refused, retry, applied, commits }: PushAnswer): Told {
  deepEqual([applied, commits], [[], []]);
  const [, code = '', message = ''] = refused[0] ?? retry[0] ?? [];
  return { code, message };
}

async function hashOf(server: TestServer, { token }: TestPerson, groupId: string): Promise<string> {
  const scope = groupScope(groupId);
  const body = {
    version: 1,
    replicaId: 'r',
    push: [],
    pull: [{ scope, cursor: null, fold: foldVersion }],
  };
  const [pull] = (await server.ask('/v1/sync', { token, body })).json.pulls;
  if (!pull?.snapshot) throw new Error('Who asks from the start gets a snapshot');
  const bytes = Buffer.from(String(pull.chunk), 'base64');
  const state = decodeSnapshot(scope, JSON.parse(inflateRawSync(bytes).toString()));
  return stateHash(pull.commits.reduce(foldCommit, state));
}
