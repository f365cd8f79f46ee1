import { deepEqual, equal, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { BehaviorSubject } from 'rxjs';
import { JamzError } from '../protocol/errors.ts';
import { noSurroundings } from '../sync/scheduler.ts';
import {
  type Consignment,
  type KeepsUploads,
  type LateUploads,
  lateUploads,
} from './late-uploads.ts';
import type { Upload, UploadedFile, UploadProgress } from './upload.ts';

const song = new File(['la'], 'Song.mp3');
const options = { groupId: 'crew' };
const found = { fileId: 'f1', title: 'Song' } as UploadedFile;
const waiting = { state: 'waiting', sentBytes: 0, totalBytes: 2 } as const;

/** An engine that does nothing but note what it is asked. */
class FakeUploads implements KeepsUploads {
  readonly log: string[] = [];
  readonly progress$ = new BehaviorSubject<UploadProgress>(waiting);
  readonly result = Promise.withResolvers<UploadedFile>();

  add(_file: Blob, consignment: Consignment): Upload {
    this.log.push(`add ${consignment.name}`);
    const { log, progress$ } = this;
    return {
      ...consignment,
      fileId: null,
      keptOn: 'device',
      progress$,
      result: this.result.promise,
      pause: () => void log.push('pause'),
      resume: () => void log.push('resume'),
      cancel: () => void log.push('cancel'),
    };
  }
  urlOf = async (id: string): Promise<string> => `blob:${id}`;
  close(): void {
    this.log.push('close');
  }
}

describe('lateUploads', () => {
  let engine: FakeUploads;
  let loads: number;
  let arrive: () => void;
  let fail: (error: Error) => void;
  let wake: () => void;
  let late: LateUploads;
  let uploads: LateUploads['api'];
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
    late = lateUploads(
      () => {
        loads++;
        const { promise, resolve, reject } = Promise.withResolvers<KeepsUploads>();
        arrive = () => resolve(engine);
        fail = reject;
        return promise;
      },
      surroundings,
      () => 'id',
    );
    uploads = late.api;
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

  it('have an id at once, by which ops can name them', () => {
    const { id, fileId, groupId, keptOn } = uploads.add(song, options);
    deepEqual([id, fileId, groupId, keptOn], ['~id', null, 'crew', 'page']);
  });

  it('are asked for by who looks at them, and by what waits for them', async () => {
    deepEqual(uploads.list$.value, []);
    equal(loads, 1);
    late.wake();
    equal(loads, 1);
    arrive();
    equal(await late.urlOf('~id'), 'blob:~id');
    late.close();
    await settled();
    deepEqual(engine.log, ['close']);
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

  it('are cancelled as soon as there is somebody to tell', async () => {
    const upload = uploads.add(song, options);
    upload.cancel();
    equal(upload.progress$.value.state, 'cancelled');
    arrive();
    await settled();
    deepEqual(engine.log, ['add Song.mp3', 'cancel']);
    engine.result.reject(new JamzError('gone', 'Cancelled'));
    await rejects(upload.result, { code: 'gone' });
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
