import { expect } from '@open-wc/testing';
import { deleteDB, openDB } from 'idb';
import { idbFiles } from './idb-files.ts';

describe('files on IndexedDB', () => {
  const name = 'jamz:test:files';
  const song = new File(['a song'], 'Road Song.mp3', { type: 'audio/mpeg', lastModified: 7 });

  afterEach(() => deleteDB(name));

  it('[UP1] keeps a file as it is: its name, its kind, its age and its bytes', async () => {
    await idbFiles(name).set('~song', song);
    const kept = await idbFiles(name).get<File>('~song');
    expect([kept?.name, kept?.type, kept?.lastModified]).to.deep.equal([
      'Road Song.mp3',
      'audio/mpeg',
      7,
    ]);
    expect(await kept?.slice(2, 6).text()).to.equal('song');
  });

  it('gives up what is removed', async () => {
    const files = idbFiles(name);
    for (const key of ['~one', '~two', '~three']) await files.set(key, song);
    await files.remove('~one');
    expect(await files.keys()).to.have.members(['~two', '~three']);
    expect(await files.get('~one')).to.equal(undefined);
    await files.clear();
    expect(await files.keys()).to.deep.equal([]);
  });

  it('opens anew what was closed under it', async () => {
    const files = idbFiles(name);
    await files.set('~song', song);
    // A newer version asks everybody else to let go.
    (await openDB(name, 1)).close();
    await deleteDB(name);
    await files.set('~song', song);
    expect(await files.keys()).to.deep.equal(['~song']);
  });

  it('rejects what cannot be kept', async () => {
    const unkeepable = () => 'a function has no copy';
    let failure: unknown;
    await idbFiles(name)
      .set('~song', unkeepable)
      .catch((error: unknown) => {
        failure = error;
      });
    expect(failure).to.be.instanceOf(DOMException);
  });
});
