import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';
import { servePhotos } from './serve-photos.ts';

const photo = 'https://jamz.example/v1/photos/p1/96';

describe('people’s pictures in a service worker', () => {
  let worker: FakeWorker;

  beforeEach(() => {
    worker = fakeWorker();
    servePhotos(worker.scope, 'https://jamz.example/cdn/');
  });
  const ask = (url: string, init?: RequestInit) =>
    worker.fire('fetch', { request: new Request(url, init) });

  it('[SW11] are kept once they were shown, and then need no network', async () => {
    worker.network.set(photo, 'a face');
    equal(await (await ask(photo)).answer?.text(), 'a face');
    worker.network.clear();
    equal(await (await ask(photo)).answer?.text(), 'a face');
    deepEqual(worker.fetched, [photo]);
  });

  it('[SW11] are two hundred at most, the last shown for the first time', async () => {
    for (let index = 0; index < 203; index++) {
      const url = `https://jamz.example/v1/photos/q${index}/96`;
      worker.network.set(url, 'a face');
      await ask(url);
    }
    const kept = [...(worker.caches.get('jamz-photos')?.keys() ?? [])];
    equal(kept.length, 200);
    equal(kept[0], 'https://jamz.example/v1/photos/q3/96');
  });

  it('[SW8] are all that is answered', async () => {
    for (const url of [
      'https://site.example/v1/photos/p1/96',
      'https://jamz.example/v1/photos/p1/640',
      'https://jamz.example/v1/photos/p1',
      'https://jamz.example/v1/files/p1/96',
    ]) {
      equal((await ask(url)).wasTaken, false, url);
    }
    equal((await ask(photo, { method: 'DELETE' })).wasTaken, false);
    equal((await ask(photo, { mode: 'no-cors' })).wasTaken, false);
  });
});
