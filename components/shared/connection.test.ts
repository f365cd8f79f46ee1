import { expect } from '@open-wc/testing';
import type { ConnectOptions, Jamz } from '../../sdk/index.ts';
import { JamzError } from '../../sdk/index.ts';
import { type Connections, connections } from './connection.ts';
import { FakeJamz } from './testing/fake-jamz.ts';

const address = { server: 'http://jamz.test', site: 'pk_demo' };

describe('connections', () => {
  let opened: ConnectOptions[];
  let later: (() => void)[];
  let made: FakeJamz[];
  let page: Connections;
  const pass = (): void => {
    for (const task of later.splice(0)) task();
  };

  beforeEach(() => {
    opened = [];
    later = [];
    made = [];
    page = connections({
      open: async (options): Promise<Jamz> => {
        opened.push(options);
        const jamz = new FakeJamz();
        made.push(jamz);
        return jamz;
      },
      later: (task) => later.push(task),
    });
  });

  it('shares one connection between elements of one server and site', async () => {
    const one = page.hold(address);
    const other = page.hold({ ...address, server: 'http://jamz.test/' });
    expect(await one.jamz).to.equal(await other.jamz);
    expect(opened.length).to.equal(1);
  });

  it('opens one for each namespace', async () => {
    page.hold({ ...address, namespace: 'left' });
    page.hold({ ...address, namespace: 'right' });
    expect(opened.map(({ namespace }) => namespace)).to.deep.equal(['left', 'right']);
  });

  it('closes when the last element has let go, and not before', async () => {
    const one = page.hold(address);
    const other = page.hold(address);
    await one.jamz;
    one.release();
    one.release();
    pass();
    expect(made[0]?.calls).to.deep.equal([]);
    other.release();
    pass();
    await one.jamz;
    expect(made[0]?.calls).to.deep.equal(['close']);
  });

  it('stays open for an element that only moved', async () => {
    const before = page.hold(address);
    await before.jamz;
    before.release();
    const after = page.hold(address);
    pass();
    expect(await after.jamz).to.equal(await before.jamz);
    expect(made[0]?.calls).to.deep.equal([]);
  });

  it('makes one guest for all elements', async () => {
    const one = page.hold(address);
    const other = page.hold(address);
    await one.jamz;
    made[0]?.user$.next(null);
    await Promise.all([one.guest('Guest Otter'), other.guest('Guest Lynx')]);
    expect(made[0]?.calls).to.deep.equal(['guest Guest Otter']);
  });

  it('makes no guest of who is signed in', async () => {
    const hold = page.hold(address);
    expect((await hold.guest('Guest Otter')).name).to.equal('Ana Novak');
    expect(made[0]?.calls).to.deep.equal([]);
  });

  it('tries again for the next element after a connection that could not be made', async () => {
    let fails = true;
    page = connections({
      open: async () => {
        if (fails) throw new JamzError('unavailable', 'no way');
        return new FakeJamz();
      },
      later: (task) => later.push(task),
    });
    const failure = await page.hold(address).jamz.catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(JamzError);
    fails = false;
    expect(await page.hold(address).jamz).to.be.instanceOf(FakeJamz);
  });
});
