import { expect, nextFrame } from '@open-wc/testing';
import { JamzError, type User } from '../../sdk/index.ts';
import type { Access } from './access.ts';
import { type GroupRequest, resolveGroup } from './group-resolver.ts';
import { FakeJamz } from './testing/fake-jamz.ts';

describe('resolveGroup', () => {
  let jamz: FakeJamz;
  let told: Access[];
  let timers: { delayMs: number; task: () => void }[];
  let stop: () => void;

  const resolve = (request: Partial<GroupRequest> = {}): void => {
    stop = resolveGroup(
      {
        jamz: Promise.resolve(jamz),
        groupId: undefined,
        place: '/trip',
        guest: undefined,
        ...request,
      },
      {
        in: (delayMs, task) => {
          timers.push({ delayMs, task });
          return () => {
            timers = timers.filter((timer) => timer.task !== task);
          };
        },
      },
      (access) => told.push(access),
    );
  };
  const kinds = (): string[] => told.map(({ kind }) => kind);

  beforeEach(() => {
    jamz = new FakeJamz();
    told = [];
    timers = [];
  });
  afterEach(() => stop());

  it('gives the group of an id', async () => {
    resolve({ groupId: 'crew' });
    await nextFrame();
    expect(kinds()).to.deep.equal(['connecting', 'ready']);
    expect(told.at(-1)).to.have.property('group', jamz.group('crew'));
  });

  it('opens the group of the page where no id is given', async () => {
    resolve();
    await nextFrame();
    expect(jamz.calls).to.deep.equal(['openGroup /trip']);
    expect(kinds().at(-1)).to.equal('ready');
  });

  it('says signed out where nobody is signed in and no guest is wanted', async () => {
    jamz.user$.next(null);
    resolve({ groupId: 'crew' });
    await nextFrame();
    expect(kinds()).to.deep.equal(['connecting', 'signed-out']);
  });

  it('goes on by itself once somebody signs in, and tells when they sign out', async () => {
    jamz.user$.next(null);
    resolve({ groupId: 'crew' });
    await nextFrame();
    await jamz.session.signInAsGuest({ name: 'Bo' });
    await jamz.session.signOut();
    expect(kinds()).to.deep.equal(['connecting', 'signed-out', 'ready', 'signed-out']);
  });

  it('makes a guest where one is wanted', async () => {
    jamz.user$.next(null);
    resolve({ groupId: 'crew', guest: () => jamz.session.signInAsGuest({ name: 'Bo' }) });
    await nextFrame();
    expect(kinds()).to.deep.equal(['connecting', 'ready']);
  });

  it('waits for an earlier session before it makes a guest', async () => {
    jamz.user$.next(null);
    const restored = Promise.withResolvers<User | null>();
    Object.assign(jamz.session, { restored: restored.promise });
    resolve({ groupId: 'crew', guest: () => jamz.session.signInAsGuest({ name: 'Bo' }) });
    await nextFrame();
    expect(jamz.calls).to.deep.equal([]);
    jamz.user$.next({ id: 'ana', name: 'Ana', guest: true });
    restored.resolve(null);
    await nextFrame();
    expect(jamz.calls).to.deep.equal([]);
    expect(kinds().at(-1)).to.equal('ready');
  });

  it('says signed out where the site takes no guests', async () => {
    jamz.user$.next(null);
    resolve({ guest: () => Promise.reject(new JamzError('forbidden', 'no guests here')) });
    await nextFrame();
    expect(kinds()).to.deep.equal(['connecting', 'signed-out']);
  });

  it('tries again later while the server cannot be reached, longer each time', async () => {
    jamz.openGroup = () => Promise.reject(new JamzError('unavailable', 'no answer'));
    resolve();
    await nextFrame();
    timers[0]?.task();
    await nextFrame();
    expect(timers.map(({ delayMs }) => delayMs)).to.deep.equal([4_000]);
    expect(told.at(-1)).to.include({ kind: 'failed', code: 'unavailable' });
  });

  it('does not try again where that cannot help', async () => {
    jamz.openGroup = () => Promise.reject(new JamzError('forbidden', 'not for you'));
    resolve();
    await nextFrame();
    expect(timers).to.deep.equal([]);
    expect(told.at(-1)).not.to.have.property('retry');
  });

  it('tells nothing after it was stopped', async () => {
    resolve();
    stop();
    const before = told.length;
    await nextFrame();
    expect(told.length).to.equal(before);
    expect(jamz.user$.observed).to.equal(false);
  });
});
