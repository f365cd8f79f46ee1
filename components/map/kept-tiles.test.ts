import { expect, nextFrame } from '@open-wc/testing';
import type { RangeResponse, Source } from 'pmtiles';
import { keptArchive, type TileShelf } from './kept-tiles.ts';

class MemoryShelf implements TileShelf {
  readonly kept = new Map<string, Response>();
  async match(address: string): Promise<Response | undefined> {
    return this.kept.get(address)?.clone();
  }
  async put(address: string, response: Response): Promise<void> {
    this.kept.set(address, response);
  }
  async keys(): Promise<readonly { readonly url: string }[]> {
    return [...this.kept.keys()].map((url) => ({ url }));
  }
  async delete(address: string): Promise<boolean> {
    return this.kept.delete(address);
  }
}

class FakeArchive implements Source {
  online = true;
  refusal: Error | undefined;
  getKey = (): string => 'https://tiles.example/town.pmtiles';
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    if (this.refusal) throw this.refusal;
    if (!this.online) throw new TypeError('Failed to fetch');
    return { data: new Uint8Array(length).fill(offset).buffer, etag: 'v1' };
  }
}

describe('tiles kept for the dead spot', () => {
  let archive: FakeArchive;
  let shelf: MemoryShelf;
  const rejection = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (problem) => problem,
    );

  beforeEach(() => {
    archive = new FakeArchive();
    shelf = new MemoryShelf();
  });

  it('gives back in the tunnel what it read before it', async () => {
    const kept = keptArchive(archive, Promise.resolve(shelf));
    await kept.getBytes(7, 3);
    await nextFrame();
    archive.online = false;
    const piece = await kept.getBytes(7, 3, undefined, 'v1');
    expect([...new Uint8Array(piece.data)]).to.deep.equal([7, 7, 7]);
    expect(piece.etag).to.equal('v1');
  });

  it('fails as the network does for what was never read', async () => {
    archive.online = false;
    const kept = keptArchive(archive, Promise.resolve(shelf));
    expect(await rejection(kept.getBytes(7, 3))).to.be.instanceOf(TypeError);
  });

  it('does not mix pieces of two versions of the archive', async () => {
    const kept = keptArchive(archive, Promise.resolve(shelf));
    await kept.getBytes(7, 3);
    await nextFrame();
    archive.online = false;
    expect(await rejection(kept.getBytes(7, 3, undefined, 'v2'))).to.be.instanceOf(TypeError);
  });

  it('passes an answer of the server on, kept bytes or not', async () => {
    const kept = keptArchive(archive, Promise.resolve(shelf));
    await kept.getBytes(7, 3);
    await nextFrame();
    archive.refusal = new Error('the archive has changed');
    expect(await rejection(kept.getBytes(7, 3))).to.equal(archive.refusal);
  });

  it('works as the archive alone where the browser keeps nothing', async () => {
    const kept = keptArchive(archive, Promise.resolve(undefined));
    expect((await kept.getBytes(1, 2)).data.byteLength).to.equal(2);
  });

  it('lets the oldest go when there are too many', async () => {
    const kept = keptArchive(archive, Promise.resolve(shelf));
    for (let offset = 0; offset < 860; offset++) await kept.getBytes(offset, 1);
    await nextFrame();
    expect(shelf.kept.size).to.be.at.most(850);
    archive.online = false;
    expect(await rejection(kept.getBytes(0, 1))).to.be.instanceOf(TypeError);
    expect((await kept.getBytes(859, 1)).data.byteLength).to.equal(1);
  });
});
