import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SyncStatus } from 'trafficjamz';
import { createSyncStory } from './sync-story.ts';

const status = (state: SyncStatus['state'], pending = 0): SyncStatus => ({
  state,
  pending,
  setAside: 0,
  conflicts: 0,
  lastSyncedAt: null,
  nextRetryAt: null,
  leader: true,
  clockOffsetMs: null,
  roundTripMs: null,
  error: state === 'ERROR' ? { code: 'unauthenticated', message: 'Sign in to sync.' } : null,
  storage: 'disk',
  storageNote: null,
});

describe('the story of one phone', () => {
  it('tells of a tunnel, what waits in it, and how fast the phone was back', () => {
    const story = createSyncStory('Bo');
    story.status(status('SYNCED'), 0);
    equal(story.coverage({ kind: 'none', because: 'tunnel' }, 0)?.text, 'Bo drove into a tunnel');
    equal(story.status(status('OFFLINE'), 10), undefined);
    equal(story.status(status('OFFLINE', 1), 20)?.text, '1 change waits on Bo’s phone');
    equal(story.status(status('OFFLINE', 3), 30)?.text, '3 changes wait on Bo’s phone');
    equal(story.coverage({ kind: 'good' }, 1_000)?.text, 'Bo came out of the tunnel');
    equal(story.status(status('SYNCING', 3), 1_100), undefined);
    equal(story.status(status('SYNCED'), 1_240)?.text, 'Bo is back in sync, 240 ms later');
  });

  it('tells apart a server that is away from a phone without a network', () => {
    const story = createSyncStory('Ana');
    story.status(status('SYNCED'), 0);
    equal(story.status(status('OFFLINE'), 10)?.text, 'Ana gets no answer from the server');
    equal(story.status(status('SYNCED'), 20)?.text, 'Ana is in sync');
  });

  it('says nothing of what has not changed', () => {
    const story = createSyncStory('Ana');
    equal(story.status(status('SYNCED'), 0)?.text, 'Ana is in sync');
    equal(story.status(status('SYNCING', 1), 5), undefined);
    equal(story.status(status('SYNCED'), 10), undefined);
    equal(story.coverage({ kind: 'good' }, 20), undefined);
  });

  it('passes on what is wrong, once somebody had been signed in', () => {
    const story = createSyncStory('Ana');
    equal(story.status(status('ERROR'), 0), undefined);
    story.status(status('SYNCED'), 10);
    equal(story.status(status('ERROR'), 20)?.text, 'Ana: Sign in to sync.');
  });
});
