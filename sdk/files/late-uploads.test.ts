import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import type { Jamz } from '../api.ts';
import { JamzError } from '../protocol/errors.ts';
import { noSurroundings } from '../sync/scheduler.ts';
import { lateUploads } from './late-uploads.ts';
import type { UploadedFile, UploadProgress } from './upload.ts';

const song = new File(['la'], 'Song.mp3');
const options = { groupId: 'crew' };
const found = { fileId: 'f1', title: 'Song' } as UploadedFile;
const waiting = { state: 'waiting', sentBytes: 0, totalBytes: 2 } as const;

/** An engine that does nothing but note what it is asked. */
class FakeUploads {
  readonly log: string[] = [];
  readonly progress$ = new BehaviorSubject<UploadProgress>(waiting);
  readonly result = Promise.withResolvers<UploadedFile>();

  add(_file: Blob, { name = '' }: { name?: string }): ReturnType<Jamz['uploads']['add']> {
    this.log.push(`add ${name}`);
    const { log, progress$ } = this;
    return {
      name,
      progress$,
      result: this.result.promise,
      pause: () => void log.push('pause'),
      resume: () => void log.push('resume'),
      cancel: () => void log.push('cancel'),
    };
  }
}

describe('lateUploads', () => {
  let engine: FakeUploads;
  let loads: number;
  let arrive: () => void;
  let fail: (error: Error) => void;
  let wake: () => void;
  let uploads: Jamz['uploads'];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    engine = new FakeUploads();
    loads = 0;
    wake = () => {};
    const surroundings = {
      ...noSurroundings,
      onWake(listener: () => void) {
        wake = listener;
        return () => {};
      },
    };
    uploads = lateUploads(() => {
      loads++;
      const { promise, resolve, reject } = Promise.withResolvers<Jamz['uploads']>();
      arrive = () => resolve(engine);
      fail = reject;
      return promise;
    }, surroundings);
  });

  it('load nothing before the first one', () => {
    equal(loads, 0);
  });

  it('wait until the code is there, then tell what it tells', async () => {
    const upload = uploads.add(song, options);
    equal(upload.name, 'Song.mp3');
    deepEqual(upload.progress$.value, waiting);
    arrive();
    await settled();
    deepEqual(engine.log, ['add Song.mp3']);
    engine.progress$.next({ state: 'sending', sentBytes: 1, totalBytes: 2 });
    equal(upload.progress$.value.sentBytes, 1);
    engine.result.resolve(found);
    equal((await upload.result).fileId, 'f1');
  });

  it('load once for all of them', async () => {
    uploads.add(song, options);
    uploads.add(song, { ...options, name: 'Again' });
    arrive();
    await settled();
    uploads.add(song, { ...options, name: 'Later' });
    await settled();
    equal(loads, 1);
    deepEqual(engine.log, ['add Song.mp3', 'add Again', 'add Later']);
  });

  it('begin paused when they were paused meanwhile', async () => {
    const upload = uploads.add(song, options);
    upload.pause();
    equal(upload.progress$.value.state, 'paused');
    arrive();
    await settled();
    upload.resume();
    deepEqual(engine.log, ['add Song.mp3', 'pause', 'resume']);
  });

  it('never begin when they were cancelled meanwhile', async () => {
    const upload = uploads.add(song, options);
    upload.cancel();
    equal(upload.progress$.value.state, 'cancelled');
    await rejects(upload.result, { code: 'gone' });
    arrive();
    await settled();
    deepEqual(engine.log, []);
  });

  it('hand on what ended them', async () => {
    const upload = uploads.add(song, options);
    arrive();
    await settled();
    engine.result.reject(new JamzError('too-large', 'Too large'));
    await rejects(upload.result, { code: 'too-large' });
    upload.cancel();
    deepEqual(engine.log, ['add Song.mp3', 'cancel']);
  });

  it('ask for the code again when the network is back', async () => {
    const upload = uploads.add(song, options);
    fail(new TypeError('Failed to fetch'));
    await settled();
    equal(upload.progress$.value.state, 'waiting');
    wake();
    await settled();
    equal(loads, 2);
    arrive();
    await settled();
    deepEqual(engine.log, ['add Song.mp3']);
  });
});
