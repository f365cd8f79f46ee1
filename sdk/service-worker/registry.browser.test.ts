import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { openRegistry, type Registry } from './registry.ts';

const ana = {
  name: 'jamz:of-ana',
  server: 'https://jamz.example',
  site: 'pk_test',
  namespace: 'main',
  userId: 'ana',
};
const token = { token: 'a secret that is in no file', givenAtMs: 1, expiresAtMs: 2 };

describe('what pages and the service worker know together', () => {
  let name: string;
  let made = 0;
  const open: Registry[] = [];
  const registry = (platform?: Crypto): Registry => {
    const one = openRegistry(name, platform);
    open.push(one);
    return one;
  };

  beforeEach(() => {
    made += 1;
    name = `jamz:test:worker:${made}`;
  });
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    await deleteDB(name);
  });

  it('is the same for both, a token included', async () => {
    const page = registry();
    await page.join(ana);
    await page.setToken(ana.name, token);
    const worker = registry();
    expect(await worker.list()).to.deep.equal([ana]);
    expect(await worker.token(ana.name)).to.deep.equal(token);
  });

  it('[SW5] keeps tokens encrypted under a key that no script can read', async () => {
    const page = registry();
    await page.join(ana);
    await page.setToken(ana.name, token);
    const db = await openDB(name);
    const [record] = await db.getAll('tokens');
    const [stored] = await db.getAll('keys');
    db.close();
    const text = new TextDecoder('latin1').decode(record.box.bytes);
    expect(text).to.not.contain('secret');
    expect(JSON.stringify(record)).to.not.contain('secret');
    expect(stored.key.extractable).to.equal(false);
    const failure = await crypto.subtle.exportKey('raw', stored.key).catch(String);
    expect(failure).to.contain('InvalidAccessError');
  });

  it('[SW2] has no token where it cannot be encrypted, or its key is gone', async () => {
    const plain = { getRandomValues: crypto.getRandomValues } as unknown as Crypto;
    const page = registry(plain);
    await page.join(ana);
    await page.setToken(ana.name, token);
    expect(await page.token(ana.name)).to.equal(undefined);

    const other = registry();
    await other.setToken(ana.name, token);
    const db = await openDB(name);
    await db.clear('keys');
    db.close();
    expect(await other.token(ana.name)).to.equal(undefined);
  });

  it('has one key, though two tabs make one at once', async () => {
    const tabs = [registry(), registry()];
    await Promise.all(tabs.map((tab) => tab.join(ana)));
    await Promise.all(tabs.map((tab) => tab.setToken(ana.name, token)));
    expect(await registry().token(ana.name)).to.deep.equal(token);
  });

  it('forgets a replica with its token, also one that is on its way', async () => {
    const page = registry();
    await page.join(ana);
    await page.setToken(ana.name, token);
    await page.leave(ana.name);
    await page.setToken(ana.name, token);
    expect(await page.list()).to.deep.equal([]);
    expect(await page.token(ana.name)).to.equal(undefined);
  });

  it('[SW3] knows what was shown, for four weeks', async () => {
    const worker = registry();
    const week = 7 * 24 * 3_600_000;
    expect(await worker.showsFirst('m1', 0)).to.equal(true);
    expect(await registry().showsFirst('m1', 3 * week)).to.equal(false);
    await worker.showsFirst('m2', 5 * week);
    expect(await worker.showsFirst('m1', 5 * week)).to.equal(true);
  });
});
