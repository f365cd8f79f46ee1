import { deepEqual, equal } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type FakeWorker, fakeWorker } from './fake-worker.ts';
import { type ModuleSet, serveModules } from './serve-modules.ts';

const base = 'https://cdn.example/jamz/';
const set: ModuleSet = {
  base,
  version: 'two',
  files: {
    'jamz.js': 'sha384-a',
    'jamz-player.js': 'sha384-b',
    'lit-BO08Osfw.js': 'sha384-c',
    'street-engine-C87kbRA3.js': 'sha384-d',
  },
  needed: ['jamz.js', 'jamz-player.js', 'lit-BO08Osfw.js'],
};

describe('the elements’ modules in a service worker', () => {
  let worker: FakeWorker;

  beforeEach(() => {
    worker = fakeWorker();
    serveModules(worker.scope, set);
    for (const file of Object.keys(set.files)) worker.network.set(base + file, `new ${file}`);
  });
  const ask = (url: string, init?: RequestInit) =>
    worker.fire('fetch', { request: new Request(url, init) });

  it('[SW4] are kept when it is installed, those that a page in a tunnel needs', async () => {
    await worker.fire('install');
    deepEqual(
      [...(worker.caches.get('jamz-modules-two')?.keys() ?? [])],
      set.needed.map((file) => base + file),
    );
    worker.network.clear();
    const { answer } = await ask(`${base}jamz-player.js`);
    equal(await answer?.text(), 'new jamz-player.js');
  });

  it('[SW4] that are large are kept once they were used', async () => {
    await worker.fire('install');
    await ask(`${base}street-engine-C87kbRA3.js`);
    worker.network.clear();
    const { answer } = await ask(`${base}street-engine-C87kbRA3.js`);
    equal(await answer?.text(), 'new street-engine-C87kbRA3.js');
  });

  it('[SW4] that say something in another language are kept once they were used, though no list names them', async () => {
    await worker.fire('install');
    const url = `${base}words-de-player-C87kbRA3.js`;
    worker.network.set(url, 'new words');
    await ask(url);
    worker.network.clear();
    const { answer } = await ask(url);
    equal(await answer?.text(), 'new words');
  });

  it('[SW4] of the build before are used where their content is the same, and dropped with their worker', async () => {
    const old = new Map([
      [`${base}lit-BO08Osfw.js`, 'the very same'],
      [`${base}jamz.js`, 'old'],
    ]);
    worker.caches.set('jamz-modules-one', old);
    worker.caches.set('of-the-host', new Map());
    await worker.fire('install');
    equal(worker.fetched.includes(`${base}lit-BO08Osfw.js`), false);
    const kept = worker.caches.get('jamz-modules-two');
    equal(kept?.get(`${base}lit-BO08Osfw.js`), 'the very same');
    equal(kept?.get(`${base}jamz.js`), 'new jamz.js');
    await worker.fire('activate');
    deepEqual([...worker.caches.keys()], ['of-the-host', 'jamz-modules-two']);
  });

  it('[SW8] keep no host’s worker from installing', async () => {
    worker.network.clear();
    await worker.fire('install');
  });

  it('[SW8] are all that is answered', async () => {
    for (const url of [
      'https://site.example/',
      'https://site.example/jamz.js',
      `${base}other.js`,
      `${base}jamz.js?of=another`,
      `${base}toString`,
    ]) {
      equal((await ask(url)).wasTaken, false, url);
    }
    equal((await ask(`${base}jamz.js`, { method: 'POST' })).wasTaken, false);
  });
});
