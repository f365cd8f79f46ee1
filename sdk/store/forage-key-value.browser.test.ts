import { expect } from '@open-wc/testing';
import { forageKeyValue } from './forage-key-value.ts';

describe('forageKeyValue', () => {
  const database = 'jamz:test:forage';

  afterEach(() => forageKeyValue(database, 'caches').clear());

  it('gives back after a reload what was set before it, bytes included', async () => {
    await forageKeyValue(database, 'caches').set('bytes', new Uint8Array([1, 2, 3]).buffer);
    const bytes = await forageKeyValue(database, 'caches').get<ArrayBuffer>('bytes');
    expect([...new Uint8Array(bytes ?? new ArrayBuffer(0))]).to.deep.equal([1, 2, 3]);
  });

  it('gives back a file of sound, which is never read into memory for that', async () => {
    await forageKeyValue(database, 'caches').set('sound', new Blob([new Uint8Array([7, 8])]));
    const sound = await forageKeyValue(database, 'caches').get<Blob>('sound');
    expect(sound).to.be.instanceOf(Blob);
    expect([...new Uint8Array((await sound?.arrayBuffer()) ?? [])]).to.deep.equal([7, 8]);
  });

  it('says undefined of what was never set', async () => {
    expect(await forageKeyValue(database, 'caches').get('nothing')).to.equal(undefined);
  });

  it('keeps tables apart', async () => {
    await forageKeyValue(database, 'caches').set('one', 1);
    expect(await forageKeyValue(database, 'tracks').keys()).to.deep.equal([]);
  });

  it('forgets one record, or all', async () => {
    const values = forageKeyValue(database, 'caches');
    await values.set('one', 1);
    await values.set('two', 2);
    await values.remove('one');
    expect(await values.keys()).to.deep.equal(['two']);
    await values.clear();
    expect(await values.keys()).to.deep.equal([]);
  });
});
