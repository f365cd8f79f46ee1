import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { type KeyPlatform, keyPlatform } from './device-keys.ts';
import type { KeyValue } from './key-value.ts';
import { sealedKeyValue } from './sealed-key-value.ts';

describe('sealedKeyValue', () => {
  let name: string;
  let made = 0;
  const open = (platform?: KeyPlatform): KeyValue => sealedKeyValue(name, platform);

  beforeEach(() => {
    made += 1;
    name = `jamz:test:kept:${made}`;
  });
  afterEach(() => deleteDB(name));

  it('gives back after a reload what was set before it, and undefined for what was not', async () => {
    await open().set('groups:ana', [{ name: 'Crew' }]);
    expect(await open().get('groups:ana')).to.deep.equal([{ name: 'Crew' }]);
    expect(await open().get('groups:bo')).to.equal(undefined);
  });

  it('[ST14] leaves nothing of it readable', async () => {
    await open().set('groups:ana', [{ name: 'Surprise for Bo' }]);
    const db = await openDB(name);
    const [record] = await db.getAll('cache');
    db.close();
    const bytes = new TextDecoder('latin1').decode(record.box.bytes);
    expect(bytes.length).to.be.greaterThan(20);
    expect(bytes + JSON.stringify(record)).to.not.contain('Surprise');
  });

  it('forgets one record, or all', async () => {
    const values = open();
    await values.set('one', 1);
    await values.set('two', 2);
    await values.remove('one');
    expect(await values.keys()).to.deep.equal(['two']);
    await values.clear();
    expect(await values.keys()).to.deep.equal([]);
  });

  it('[ST15] lives in memory where nothing can be encrypted', async () => {
    const values = open({ crypto: {} as Crypto, locks: undefined });
    await values.set('one', 1);
    expect(await values.get('one')).to.equal(1);
    expect(await open().get('one')).to.equal(undefined);
  });

  it('[ST15] takes what cannot be opened for nothing, and writes over it', async () => {
    await open().set('one', 1);
    const db = await openDB(name);
    await db.put('cache', { ...(await db.get('cache', 'one')), key: 'two' });
    db.close();
    const values = open(keyPlatform());
    expect(await values.get('two')).to.equal(undefined);
    await values.set('two', 2);
    expect(await values.get('two')).to.equal(2);
  });
});
