import { deepEqual } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Cursor } from '../protocol/wire.ts';
import { openInbox } from './inbox.ts';

describe('inbox', () => {
  let cursor: Cursor | null;
  let pulled: string[];
  let nonsense: string[];
  let heard: (event: string, payload: unknown) => void;

  beforeEach(() => {
    cursor = [1, 7, 'h7'];
    pulled = [];
    nonsense = [];
    heard = openInbox({
      follows: (scope) => scope === 'g:crew',
      cursorOf: () => cursor,
      commits: () => false,
      pull: (scope) => pulled.push(scope),
      live() {},
      ended() {},
      groups() {},
      scopeFailed() {},
      nonsense: ({ code }) => nonsense.push(code),
    });
  });

  for (const [event, payload] of [
    ['commits', null],
    ['live', { scope: 'g:crew', entries: 7 }],
    ['live', { scope: 'g:crew', entries: [null] }],
    ['heads', [null]],
    ['heads', { 'g:crew': 8 }],
    ['ended', 'gone'],
    ['groups', {}],
  ] as const) {
    it(`[BK14] takes ${event} of ${JSON.stringify(payload)} for the word of another`, () => {
      heard(event, payload);
      deepEqual([nonsense, pulled], [['invalid'], []]);
    });
  }

  it('[WR6] pulls a scope whose log ends beyond the cursor: a broadcast was lost', () => {
    heard('heads', [['g:crew', 1, 8]]);
    deepEqual(pulled, ['g:crew']);
  });

  it('[WR6] pulls a scope whose log has begun another generation, or of which nothing is known', () => {
    heard('heads', [['g:crew', 2, 3]]);
    cursor = null;
    heard('heads', [['g:crew', 1, 7]]);
    deepEqual(pulled, ['g:crew', 'g:crew']);
  });

  it('[WR6] leaves alone what is at its head, and what nobody follows', () => {
    heard('heads', [
      ['g:crew', 1, 7],
      ['g:van', 1, 99],
    ]);
    deepEqual(pulled, []);
  });
});
