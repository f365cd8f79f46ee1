import { expect } from '@open-wc/testing';
import { JamzError, type ListenerState } from '../../sdk/index.ts';
import { entry, type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { PassOver } from './pass-over.ts';

describe('a track that was taken down', () => {
  const failed: ListenerState = { kind: 'failed', message: 'This file was taken down' };
  const now = {
    ...silence,
    item: entry('gone'),
    nextItem: entry('next'),
    playing: true,
    durationMs: 180_000,
  };
  let group: FakeGroup;
  let page: EventTarget;
  let waits: { readonly delayMs: number; readonly task: () => void }[];
  let passOver: PassOver;
  /** What was asked before is answered before this is. */
  const settle = (): Promise<unknown> => group.trackUrl('any').catch(() => {});

  beforeEach(() => {
    group = new FakeJamz().group('crew');
    group.trackUrl = () => Promise.reject(new JamzError('gone', 'This file was taken down'));
    page = new EventTarget();
    waits = [];
    passOver = new PassOver(page, {
      later(delayMs, task) {
        const wait = { delayMs, task };
        waits.push(wait);
        return () => {
          waits = waits.filter((one) => one !== wait);
        };
      },
      random: () => 0.5,
    });
  });

  it('[ID23] is passed over where the list says so, also by who has kept its sound', async () => {
    const taken = entry('gone', { takenDown: true });
    group.playlist$.next([entry('next'), taken]);
    group.trackUrl = () => Promise.resolve('https://files.example/kept');
    const playing: ListenerState = { kind: 'playing' };
    passOver.look(group, { ...now, item: taken }, playing);
    await settle();
    expect(waits.length).to.equal(1);
    waits[0]?.task();
    expect(group.calls).to.deep.equal(['select next']);
  });

  it('is passed over once it was said, by who may control', async () => {
    passOver.look(group, now, failed);
    passOver.look(group, now, failed);
    await settle();
    expect(waits.map(({ delayMs }) => delayMs)).to.deep.equal([3_750]);
    waits[0]?.task();
    expect(group.calls).to.deep.equal(['select next']);
  });

  it('is left to those who may control, and to a page that wants to do it', async () => {
    passOver.look(group, now, failed);
    await settle();
    group.denied = new Set(['control']);
    waits[0]?.task();
    group.denied = new Set();
    page.addEventListener('jamz-request-select', (event) => event.preventDefault());
    waits[0]?.task();
    expect(group.calls).to.deep.equal([]);
  });

  it('is passed over by one device: the others find another track, and stay', async () => {
    passOver.look(group, now, failed);
    await settle();
    passOver.look(group, { ...now, item: entry('next'), nextItem: null }, { kind: 'playing' });
    expect(waits).to.deep.equal([]);
  });

  it('is not one that this device alone cannot play', async () => {
    group.trackUrl = async () => '/v1/files/gone/audio';
    passOver.look(group, now, failed);
    await settle();
    group.trackUrl = () => Promise.reject(new JamzError('unavailable', 'no answer'));
    passOver.look(group, { ...now, item: entry('other') }, failed);
    await settle();
    expect(waits).to.deep.equal([]);
  });
});
