import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { foldVersion } from '../merge/fold.ts';
import { encodeSnapshot, stateHash } from '../merge/snapshot.ts';
import type { ScopeState } from '../merge/states.ts';
import { TestLog } from '../merge/test-log.ts';
import { toRuns } from '../protocol/codec.ts';
import { type ErrorCode, JamzError } from '../protocol/errors.ts';
import type { Op } from '../protocol/ops.ts';
import type { ChunkMessage, Commit, Cursor, PullAnswer, SnapshotHeader } from '../protocol/wire.ts';
import type { Link } from '../transport/link.ts';
import { CatchUp } from './catch-up.ts';

const scope = 'g:crew';
const chunkBytes = 16;

describe('catch-up', () => {
  let log: TestLog;
  let packed: Uint8Array;
  let header: SnapshotHeader;
  let cursor: Cursor | null;
  let state: ScopeState | undefined;
  let headSeq: number;
  let told: string[];
  let asked: { event: string; payload: unknown }[];
  let catchUp: CatchUp;
  let whenSettled: () => void;
  let answerTo: (event: string, payload: unknown) => Promise<unknown>;

  const link = (): Link => ({
    request: <T>(event: string, payload: unknown) => {
      asked.push({ event, payload });
      return answerTo(event, payload) as Promise<T>;
    },
    close() {},
  });
  /** Unpacking leaves this thread, so that only the event tells when it is over. */
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      whenSettled = resolve;
    });
  const head = (): Cursor => [1, log.ops.length, 'hash-0123456789a'];
  const tail = (from: number): Commit[] =>
    log.ops.slice(from).map((op: Op, index) => ({
      generation: 1,
      seq: from + index + 1,
      count: 1,
      atMs: 1,
      hash: `${from + index + 1}`.padStart(16, '0'),
      runs: toRuns([op]),
    }));
  const chunk = (offset: number): Uint8Array => packed.slice(offset, offset + chunkBytes);
  const snapshotAnswer = (): PullAnswer => ({
    scope,
    head: head(),
    snapshot: header,
    chunk: chunk(0),
    commits: [],
  });
  const asks = (event: string): unknown[] =>
    asked.filter((request) => request.event === event).map(({ payload }) => payload);
  const offsets = (): number[] => asks('chunk').map((ask) => (ask as ChunkMessage).offset);

  beforeEach(() => {
    log = new TestLog(scope).add(['a', 'b', 'c']);
    packed = deflateRawSync(JSON.stringify(encodeSnapshot(log.state)));
    header = { cursor: head(), foldVersion, totalBytes: packed.byteLength };
    cursor = null;
    state = undefined;
    headSeq = 0;
    told = [];
    asked = [];
    whenSettled = () => {};
    answerTo = async (event, payload) => {
      if (event === 'chunk') return chunk((payload as ChunkMessage).offset);
      return cursor ? { scope, head: head(), commits: tail(cursor[1]) } : snapshotAnswer();
    };
    catchUp = new CatchUp({
      cursorOf: () => cursor,
      commits: (_scope, commits, newHeadSeq) => {
        headSeq = Math.max(headSeq, newHeadSeq);
        for (const { seq, hash } of commits) {
          if (cursor && seq === cursor[1] + 1) cursor = [1, seq, hash];
        }
        told.push(`commits ${commits.map(({ seq }) => seq).join(' ')}`);
        return (cursor?.[1] ?? 0) < headSeq;
      },
      snapshot: (_scope, newState, at) => {
        state = newState;
        cursor = at;
        told.push(`snapshot ${at[1]}`);
      },
      rewound: async () => () => [],
      failed: (_scope, { code }) => told.push(`failed ${code}`),
      settled: () => {
        told.push('settled');
        whenSettled();
      },
    });
    catchUp.use(link());
  });

  it('[WR5] takes a snapshot in chunks where nothing is known', async () => {
    catchUp.pull(scope);
    equal(catchUp.busy, true);
    await settled();
    equal(state && stateHash(state), stateHash(log.state));
    equal(offsets().length, Math.ceil(packed.byteLength / chunkBytes) - 1);
    deepEqual(told, ['snapshot 3', 'commits ', 'settled']);
    equal(catchUp.busy, false);
  });

  it('[WR5] takes the tail where something is known', async () => {
    cursor = [1, 1, 'x'];
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['commits 2 3', 'settled']);
  });

  it('takes a log that is told from its start', async () => {
    catchUp.take({ scope, head: head(), commits: tail(0) });
    await settled();
    deepEqual(told, ['snapshot 0', 'commits 1 2 3', 'settled']);
  });

  it('[WR5] asks again for as long as something is missing', async () => {
    cursor = [1, 0, ''];
    answerTo = async () => ({ scope, head: head(), commits: tail(cursor?.[1] ?? 0).slice(0, 1) });
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['commits 1', 'commits 2', 'commits 3', 'settled']);
  });

  it('[WR14] has one pull of a scope under way, and asks once more for what was wanted meanwhile', async () => {
    cursor = [1, 2, 'x'];
    catchUp.pull(scope);
    catchUp.pull(scope);
    catchUp.pull(scope);
    equal(asks('pull').length, 1);
    await settled();
    equal(asks('pull').length, 2);
    deepEqual(told.at(-1), 'settled');
  });

  it('[WR14] does not load a snapshot twice at once', async () => {
    catchUp.pull(scope);
    catchUp.take(snapshotAnswer());
    await settled();
    equal(new Set(offsets()).size, offsets().length);
    equal(state && stateHash(state), stateHash(log.state));
  });

  it('[SN5] goes on with its chunks over the next link', async () => {
    const answer = answerTo;
    answerTo = async (event, payload) => {
      if (event === 'chunk' && (payload as ChunkMessage).offset >= 32) {
        throw new JamzError('unavailable', 'The connection was lost.');
      }
      return answer(event, payload);
    };
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed unavailable', 'settled']);

    answerTo = answer;
    asked = [];
    catchUp.use(link());
    catchUp.take(snapshotAnswer());
    await settled();
    equal(offsets()[0], 32);
    equal(state && stateHash(state), stateHash(log.state));
  });

  it('[SN5] begins anew with another snapshot', async () => {
    answerTo = async () => {
      throw new JamzError('unavailable', 'The connection was lost.');
    };
    catchUp.take(snapshotAnswer());
    await settled();
    log.add(['d']);
    packed = deflateRawSync(JSON.stringify(encodeSnapshot(log.state)));
    header = { cursor: head(), foldVersion, totalBytes: packed.byteLength };
    answerTo = async (_event, payload) => chunk((payload as ChunkMessage).offset);
    catchUp.take(snapshotAnswer());
    await settled();
    equal(state && stateHash(state), stateHash(log.state));
  });

  it('[SN6] drops damaged bytes, says so, and asks for all of them anew', async () => {
    const whole = packed;
    packed = whole.map((byte, index) => (index > 20 ? byte ^ 0x5a : byte));
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed internal', 'settled']);
    packed = whole;
    catchUp.pull(scope);
    await settled();
    equal(state && stateHash(state), stateHash(log.state));
  });

  it('[SN6] takes JSON that is no snapshot for damage, not for the person’s mistake', async () => {
    packed = deflateRawSync('{"state":1,"kind":"user"}');
    header = { ...header, totalBytes: packed.byteLength };
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed internal', 'settled']);
  });

  it('never asks for the rest of an empty chunk for ever', async () => {
    const answer = answerTo;
    answerTo = async (event, payload) =>
      event === 'chunk' ? new Uint8Array(0) : answer(event, payload);
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed internal', 'settled']);
  });

  for (const code of ['not-found', 'gone'] satisfies ErrorCode[]) {
    it(`[AC12] does not take a snapshot that is ${code} by now for a scope that has ended`, async () => {
      const answer = answerTo;
      answerTo = async (event, payload) => {
        if (event === 'chunk') throw new JamzError(code, 'There is a newer one.');
        return answer(event, payload);
      };
      catchUp.pull(scope);
      await settled();
      deepEqual(told, ['failed internal', 'settled']);
      answerTo = answer;
      catchUp.pull(scope);
      await settled();
      equal(state && stateHash(state), stateHash(log.state));
    });
  }

  it('[SN2] says that this app is too old for a snapshot of another fold', async () => {
    header = { ...header, foldVersion: foldVersion + 1 };
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed update-needed', 'settled']);
  });

  it('hands on what the server refuses', async () => {
    answerTo = async () => {
      throw new JamzError('removed', 'You were removed.');
    };
    catchUp.pull(scope);
    await settled();
    deepEqual(told, ['failed removed', 'settled']);
  });

  it('does not bring a scope that ended meanwhile back to the device', async () => {
    let give: (answer: PullAnswer) => void = () => {};
    answerTo = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    catchUp.use(link());
    catchUp.pull(scope);
    await Promise.resolve();
    catchUp.forget(scope);
    give(snapshotAnswer());
    await new Promise(setImmediate);
    equal(state, undefined);
    equal(catchUp.busy, false);
  });

  it('[WR15] tells nothing of a link that is gone', async () => {
    cursor = [1, 1, 'x'];
    answerTo = () => Promise.reject(new JamzError('unavailable', 'The connection was lost.'));
    catchUp.pull(scope);
    catchUp.use(undefined);
    await new Promise((resolve) => setImmediate(resolve));
    deepEqual(told, []);
    equal(catchUp.busy, false);
  });
});
