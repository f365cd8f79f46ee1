import { deepEqual, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../testing/seeded-random.ts';
import { spoiled } from '../testing/spoil.ts';
import {
  type Decoded,
  decodeAckedCommit,
  decodeChunk,
  decodeCommit,
  decodeHello,
  decodeLiveReport,
  decodePull,
  decodePush,
  decodeSyncRequest,
} from './decode.ts';
import { errorCodes } from './errors.ts';

const messagesAltogether = 1_000_000;
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261);

const run = {
  replicaId: 'r1',
  authorId: 'ana',
  stamperId: 'tab',
  version: 1,
  base: [1, 7],
};
const at = 1_700_000_000_000;
const ops = [
  [1, 1, at, 0, 'messages.send', { messageId: 'm1', text: 'hi' }],
  [2, 2, at, 1, 'places.save', { placeId: 'p', name: 'Home', lat: 47, lng: 8 }],
  [3, 3, at, 2, 'playlist.add', { items: [{ itemId: 'i', title: 'Song' }], after: null }],
  [4, 4, at, 3, 'members.join', { memberId: 'bo', name: 'Bo', role: 'member' }],
];
const push = { scope: 'g:road', batch: 3, runs: [{ ...run, ops }] };
const commit = {
  generation: 1,
  seq: 8,
  count: ops.length,
  atMs: at,
  hash: '0123456789abcdef',
  runs: [{ ...run, ops }],
};
const pull = { scope: 'u:ana', cursor: [1, 7, '0123456789abcdef'] };

/** Each decoder with a message that it takes. */
const decoders: readonly (readonly [string, (input: unknown) => Decoded<unknown>, unknown])[] = [
  ['a push', decodePush, push],
  ['a commit', decodeCommit, commit],
  [
    'an answered commit',
    decodeAckedCommit,
    { ...commit, runs: [{ own: [[1, 4]] }, { ...run, ops }] },
  ],
  ['a pull', decodePull, pull],
  [
    'a hello',
    decodeHello,
    { version: 1, replicaId: 'r1', scopes: [pull, { ...pull, cursor: null }] },
  ],
  [
    'a position',
    decodeLiveReport,
    {
      scope: 'g:road',
      deviceId: 'd1',
      mode: 'precise',
      fix: { lat: 47, lng: 8, accuracyM: 5, headingDeg: 90, speedMps: 20, atMs: at },
    },
  ],
  ['a chunk', decodeChunk, { ...pull, offset: 65_536 }],
  ['a request', decodeSyncRequest, { version: 1, replicaId: 'r1', push: [push], pull: [pull] }],
];

describe('one million spoiled messages', () => {
  const codes = new Set<string>(errorCodes);

  for (const [name, decode, message] of decoders) {
    it(`[WR10] that were ${name} are refused with a code of the list, or read for what they are`, () => {
      const random = seededRandom(seed);
      const before = JSON.stringify(message);
      deepEqual(decode(message).error, undefined, 'the sound one is taken');
      let refused = 0;
      for (let count = 0; count < messagesAltogether / decoders.length; count += 1) {
        const spoilt = spoiled(message, random);
        let result: Decoded<unknown>;
        try {
          result = decode(spoilt);
        } catch (error) {
          throw new Error(`FUZZ_SEED=${seed}, message ${count}: ${JSON.stringify(spoilt)}`, {
            cause: error,
          });
        }
        if (result.error === undefined) continue;
        refused += 1;
        if (!codes.has(result.error.code)) {
          throw new Error(`“${result.error.code}” is not on the list: ${JSON.stringify(spoilt)}`);
        }
      }
      ok(refused > messagesAltogether / decoders.length / 3, `${refused} were refused`);
      deepEqual(JSON.stringify(message), before);
      deepEqual(({} as { own?: unknown }).own, undefined, 'no prototype was reached');
    });
  }
});
