import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decodeAckedCommit,
  decodeChunk,
  decodeCommit,
  decodeHello,
  decodeLiveReport,
  decodePull,
  decodePush,
  decodeSyncRequest,
} from './decode.ts';
import { limits } from './limits.ts';
import { newestAcceptedVersion } from './version.ts';

const header = {
  replicaId: 'r1',
  authorId: 'ana',
  stamperId: 'tab',
  version: 1,
  base: [1, 7],
};
const wire = (number: number, type: string, payload: unknown): unknown[] => [
  number,
  number,
  1_700_000_000_000,
  0,
  type,
  payload,
];
const message = (number: number): unknown[] =>
  wire(number, 'messages.send', { messageId: `m${number}`, text: 'hi' });
const pushOf = (ops: unknown, run: object = {}): unknown => ({
  scope: 'g:road',
  batch: 3,
  runs: [{ ...header, ...run, ops }],
});
const commitOf = (ops: readonly unknown[], rest: object = {}): unknown => ({
  generation: 1,
  seq: 8,
  count: ops.length,
  atMs: 1_700_000_000_000,
  hash: '0123456789abcdef',
  runs: [{ ...header, ops }],
  ...rest,
});

interface Result {
  readonly ok?: unknown;
  readonly error?: { readonly code: string } | undefined;
}

/** Every way of answering is one of two: sound, or a code. */
const codeOf = ({ ok, error }: Result): string =>
  error?.code ?? (ok === undefined ? 'nothing' : 'ok');

describe('a push', () => {
  it('comes through with what its schemas keep of its payloads', () => {
    const place = { placeId: 'p', name: '  Home ', lat: 1, lng: 2, unknown: true };
    const { ok } = decodePush(pushOf([wire(1, 'places.save', place)]));
    deepEqual(ok?.refused, []);
    equal(ok?.batch, 3);
    deepEqual(ok?.runs[0]?.ops[0]?.[5], { placeId: 'p', name: 'Home', lat: 1, lng: 2 });
  });

  it('[WR10] loses only the op whose payload is bad, and says why', () => {
    const bad = wire(2, 'places.save', { placeId: 'p', name: 'x', lat: 91, lng: 0 });
    const { ok } = decodePush(pushOf([message(1), bad, message(3)]));
    deepEqual(
      ok?.runs[0]?.ops.map(([number]) => number),
      [1, 3],
    );
    const [number, code, text] = ok?.refused[0] ?? [];
    deepEqual([number, code], [2, 'invalid']);
    match(text ?? '', /places\.save: “lat”/);
  });

  it('[WR10] loses only the op whose payload is too large', () => {
    const items = Array.from({ length: limits.maxTracksPerOp }, (_, at) => ({
      itemId: `i${at}`,
      title: 'ü'.repeat(100),
    }));
    const { ok } = decodePush(pushOf([wire(1, 'playlist.add', { items }), message(2)]));
    deepEqual(
      ok?.refused.map(([number, code]) => [number, code]),
      [[1, 'too-large']],
    );
    equal(ok?.runs[0]?.ops.length, 1);
  });

  it('drops a run of which no op is left', () => {
    deepEqual(decodePush(pushOf([wire(1, 'playlist.remove', null)])).ok?.runs, []);
  });

  it('[WR1] is refused whole when it holds more ops than a push may', () => {
    const ops = Array.from({ length: limits.maxBatchOps + 1 }, (_, at) => message(at + 1));
    equal(codeOf(decodePush(pushOf(ops))), 'too-large');
    equal(codeOf(decodePush(pushOf(ops.slice(1)))), 'ok');
  });

  it('[OP16] needs an update for types and versions that are not known', () => {
    equal(codeOf(decodePush(pushOf([wire(1, 'songs.dance', {})]))), 'update-needed');
    equal(codeOf(decodePush(pushOf([wire(1, 'toString', {})]))), 'update-needed');
    const version = newestAcceptedVersion + 1;
    equal(codeOf(decodePush(pushOf([message(1)], { version }))), 'update-needed');
    equal(codeOf(decodePush(pushOf([message(1)], { version: version - 1 }))), 'ok');
  });

  for (const [name, input] of Object.entries({
    nothing: undefined,
    'no object': 'push',
    'no runs': { scope: 'g:road', batch: 1 },
    'a scope of no kind': { scope: 'x:road', batch: 1, runs: [] },
    'ops that are no list': pushOf({}),
    'an op of five': pushOf([message(1).slice(0, 5)]),
    'an op number of nought': pushOf([message(0)]),
    'a fraction for a number': pushOf([wire(1.5, 'group.delete', {})]),
    'a stamp beyond its digits': pushOf([[1, 1, 36 ** 9, 0, 'group.delete', {}]]),
    'a clock counter beyond its digits': pushOf([[1, 1, 1, 36 ** 4, 'group.delete', {}]]),
    'a type that is no text': pushOf([[1, 1, 1, 0, 7, {}]]),
    'an id with a space': pushOf([message(1)], { replicaId: 'r 1' }),
    'an id too long': pushOf([message(1)], { authorId: 'a'.repeat(65) }),
    'a base of one': pushOf([message(1)], { base: [1] }),
    'a negative base': pushOf([message(1)], { base: [1, -1] }),
  })) {
    it(`[WR10] is refused whole for ${name}`, () => equal(codeOf(decodePush(input)), 'invalid'));
  }
});

describe('a commit', () => {
  it('comes through as it is', () => {
    const input = commitOf([message(1), message(2)]);
    deepEqual(decodeCommit(input).ok, input);
  });

  it('[OP17] halts a replica that does not know one of its types or its version', () => {
    equal(codeOf(decodeCommit(commitOf([wire(1, 'songs.dance', {})]))), 'update-needed');
    const runs = [{ ...header, version: newestAcceptedVersion + 1, ops: [message(1)] }];
    equal(codeOf(decodeCommit(commitOf([message(1)], { runs }))), 'update-needed');
  });

  it('is invalid when its count, hash or a payload cannot be', () => {
    for (const broken of [
      commitOf([message(1)], { count: 2 }),
      commitOf([message(1)], { hash: 'not hex' }),
      commitOf([message(1)], { seq: 0 }),
      commitOf([message(1)], { atMs: Number.POSITIVE_INFINITY }),
      commitOf([wire(1, 'group.delete', null)]),
    ]) {
      equal(codeOf(decodeCommit(broken)), 'invalid');
    }
  });

  it("may name the receiver's own ops in the answer to a push", () => {
    const runs = [
      {
        own: [
          [1, 40],
          [42, 42],
        ],
      },
      { ...header, ops: [message(3)] },
    ];
    const input = commitOf([message(3)], { runs, count: 42 });
    deepEqual(decodeAckedCommit(input).ok, input);
    equal(codeOf(decodeCommit(input)), 'invalid');
    equal(
      codeOf(decodeAckedCommit(commitOf([], { count: 1, runs: [{ own: [[0, 4]] }] }))),
      'invalid',
    );
  });
});

describe('the smaller messages', () => {
  const pull = { scope: 'g:road', cursor: [1, 20, 'abcdef'] };

  it('come through as they are', () => {
    deepEqual(decodePull(pull).ok, pull);
    deepEqual(decodePull({ scope: 'u:ana', cursor: null }).ok, { scope: 'u:ana', cursor: null });
    const hello = { version: 1, replicaId: 'r1', scopes: [pull] };
    deepEqual(decodeHello(hello).ok, hello);
    const chunk = { ...pull, offset: 262_144 };
    deepEqual(decodeChunk(chunk).ok, chunk);
    const fix = { lat: 43.7, lng: 7.4, accuracyM: 5, headingDeg: 90, atMs: 1_700_000_000_000 };
    const report = { scope: 'g:road', deviceId: 'd1', mode: 'precise', fix };
    deepEqual(decodeLiveReport(report).ok, report);
    deepEqual(decodeLiveReport({ ...report, fix: null }).ok, { ...report, fix: null });
  });

  it('[WR10] are invalid when broken', () => {
    for (const cursor of [undefined, [], [1, 2], [1, 2, 3], [1, -2, 'a'], 'x']) {
      equal(codeOf(decodePull({ scope: 'g:road', cursor })), 'invalid');
    }
    equal(codeOf(decodeChunk({ ...pull, cursor: null, offset: 0 })), 'invalid');
    equal(codeOf(decodeChunk({ ...pull, offset: -1 })), 'invalid');
    const fix = { lat: 91, lng: 0, accuracyM: 1, atMs: 0 };
    const report = { scope: 'g:road', deviceId: 'd1', mode: 'precise', fix };
    equal(codeOf(decodeLiveReport(report)), 'invalid');
    equal(codeOf(decodeLiveReport({ ...report, fix: null, mode: 'exact' })), 'invalid');
    equal(codeOf(decodeHello({ version: 1, replicaId: '', scopes: [] })), 'invalid');
  });

  it('hold so many scopes and no more', () => {
    const scopes = Array.from({ length: limits.maxScopes + 1 }, () => pull);
    equal(codeOf(decodeHello({ version: 1, replicaId: 'r1', scopes })), 'too-large');
    equal(codeOf(decodeHello({ version: 1, replicaId: 'r1', scopes: scopes.slice(1) })), 'ok');
  });

  it('need an update when their version is not read here', () => {
    for (const version of [newestAcceptedVersion + 1, 0.5, 'one']) {
      const code = version === newestAcceptedVersion + 1 ? 'update-needed' : 'invalid';
      equal(codeOf(decodeHello({ version, replicaId: 'r1', scopes: [] })), code);
      equal(codeOf(decodeSyncRequest({ version, replicaId: 'r1', push: [], pull: [] })), code);
    }
  });

  it('push and pull in one request, bad payloads refused per op', () => {
    const push = pushOf([message(1), wire(2, 'playlist.remove', {})]);
    const request = { version: 1, replicaId: 'r1', push: [push], pull: [pull] };
    const { ok } = decodeSyncRequest(request);
    deepEqual(ok?.pull, [pull]);
    deepEqual(
      ok?.push[0]?.refused.map(([number]) => number),
      [2],
    );
    equal(codeOf(decodeSyncRequest({ ...request, push: [pushOf([[]])] })), 'invalid');
  });
});
