import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { filter, firstValueFrom } from 'rxjs';
import { JamzError } from '../protocol/errors.ts';
import type { KeyValue } from '../store/key-value.ts';
import { FakeTus, problem } from './fake-tus.ts';
import type { Sending } from './upload.ts';
import { createUploads, type SendsFiles, type UploadsDeps } from './uploads.ts';

const song = new File(['a song of some bytes'], 'Road Song.mp3', { lastModified: 7 });

describe('uploads', () => {
  let server: FakeTus;
  let kept: Map<string, unknown>;
  let uploads: SendsFiles;
  let timers: { delayMs: number; run: () => void }[];
  let wake: () => void;

  const storage: KeyValue = {
    get: async <T>(key: string) => kept.get(key) as T | undefined,
    set: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
    keys: async () => [...kept.keys()],
    clear: async () => kept.clear(),
  };
  const deps = (): UploadsDeps => ({
    server: 'https://jamz.example',
    http: server.http,
    fetch: server.fetch,
    token: async () => 'good',
    storage,
    scheduler: {
      nowMs: () => 0,
      monotonicMs: () => 0,
      random: () => 0.5,
      after(delayMs, run) {
        timers.push({ delayMs, run });
        return () => {};
      },
    },
    surroundings: {
      isOnline: () => true,
      onOffline: () => () => {},
      onWake(listener) {
        wake = listener;
        return () => {};
      },
    },
  });
  const inState = (upload: Sending, state: string): Promise<unknown> =>
    firstValueFrom(upload.progress$.pipe(filter((progress) => progress.state === state)));
  const lost = async (): Promise<Response> => {
    throw new TypeError('Failed to fetch');
  };
  /** Runs the next timer as soon as there is one. */
  const pass = async (): Promise<number> => {
    for (;;) {
      const timer = timers.shift();
      if (timer) {
        timer.run();
        return timer.delayMs;
      }
      await new Promise(setImmediate);
    }
  };

  beforeEach(() => {
    server = new FakeTus();
    kept = new Map();
    timers = [];
    wake = () => {};
    uploads = createUploads(deps());
  });

  it('send the file and tell what the server found in it', async () => {
    const upload = uploads.add(song, { groupId: 'crew' });
    const states = new Set<string>();
    upload.progress$.subscribe(({ state }) => states.add(state));

    equal((await upload.result).title, 'Song');

    deepEqual([...states], ['waiting', 'sending', 'processing', 'done']);
    const sent = server.uploads.get('u1');
    equal(new TextDecoder().decode(sent?.bytes), 'a song of some bytes');
    equal(sent?.metadata, `groupId ${btoa('crew')},name ${btoa('Road Song.mp3')}`);
    equal(upload.progress$.value.sentBytes, song.size);
    equal(kept.size, 0);
  });

  it('go on by themselves after a lost link, from where they were', async () => {
    server.instead.push((_method, send) => send(), lost);
    const upload = uploads.add(song, { groupId: 'crew' });
    await inState(upload, 'sending');
    equal(await pass(), 500);

    equal((await upload.result).fileId, 'f1');
    deepEqual(server.log, [
      'POST uploads',
      'PATCH uploads/u1',
      'HEAD uploads/u1',
      'PATCH uploads/u1',
      'GET by-upload/u1',
    ]);
  });

  it('try at once when the network is back', async () => {
    server.instead.push(lost);
    const upload = uploads.add(song, { groupId: 'crew' });
    while (timers.length === 0) await new Promise(setImmediate);
    wake();
    equal((await upload.result).fileId, 'f1');
  });

  it('wait longer after each failure in a row, and never give up on a link', async () => {
    server.instead.push(...Array.from({ length: 8 }, () => lost));
    const upload = uploads.add(song, { groupId: 'crew' });
    const waits: number[] = [];
    for (let failure = 0; failure < 8; failure++) waits.push(await pass());
    deepEqual(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    await upload.result;
  });

  it('take a captive portal for a lost link', async () => {
    const portal = async (): Promise<Response> => new Response('<html>Welcome!</html>');
    server.instead.push(portal, (_method, send) => send(), portal, portal);
    const upload = uploads.add(song, { groupId: 'crew' });
    for (let failure = 0; failure < 3; failure++) await pass();
    await upload.result;
    equal(server.uploads.size, 1);
  });

  it('go on after a reload where the page before had come to', async () => {
    server.instead.push(
      (_method, send) => send(),
      () => new Promise(() => {}),
    );
    uploads.add(song, { groupId: 'crew' });
    while (server.log.length < 2) await new Promise(setImmediate);

    const again = createUploads(deps()).add(song, { groupId: 'crew' });
    await again.result;
    equal(server.uploads.size, 1);
    ok(server.log.includes('HEAD uploads/u1'));
  });

  it('begin anew when the server has forgotten them', async () => {
    kept.set(
      `upload:crew:Road Song.mp3:${song.size}:7`,
      'https://jamz.example/v1/files/uploads/old',
    );
    const upload = uploads.add(song, { groupId: 'crew' });
    await upload.result;
    deepEqual(server.log.slice(0, 2), ['HEAD uploads/old', 'POST uploads']);
  });

  it('of the same file at one time do not disturb each other', async () => {
    const twins = [1, 2].map(() => uploads.add(song, { groupId: 'crew' }));
    await Promise.all(twins.map(({ result }) => result));
    equal(server.uploads.size, 2);
  });

  it('renew a stale token once, and end when the fresh one is rejected too', async () => {
    const asked: (string | undefined)[] = [];
    let current = 'stale';
    const token = async (rejected?: string): Promise<string> => {
      asked.push(rejected);
      if (rejected === current) current = 'good';
      return current;
    };
    await createUploads({ ...deps(), token }).add(song, { groupId: 'crew' }).result;
    deepEqual(asked.slice(0, 2), [undefined, 'stale']);

    const hopeless = createUploads({ ...deps(), token: async () => 'bad' });
    await rejects(hopeless.add(song, { groupId: 'crew' }).result, { code: 'token-expired' });
  });

  for (const [status, code] of [
    [403, 'forbidden'],
    [413, 'too-large'],
    [507, 'storage-full'],
    [404, 'not-found'],
  ] as const) {
    it(`end with ${code} when the server says so`, async () => {
      server.instead.push(async () => problem(status, code));
      const upload = uploads.add(song, { groupId: 'crew' });
      await rejects(upload.result, { code });
      equal(upload.progress$.value.state, 'failed');
    });
  }

  it('end with what the server made of the file', async () => {
    server.results = [
      new JamzError('unavailable', 'still reading', { retryAfterMs: 1_000 }),
      new JamzError('unsupported-type', 'This file is a video.'),
    ];
    const upload = uploads.add(song, { groupId: 'crew' });
    equal(await pass(), 1_000);
    await rejects(upload.result, { code: 'unsupported-type', message: 'This file is a video.' });
    equal(kept.size, 0);
  });

  it('too large or empty are refused before a byte is sent', async () => {
    const large = { size: 200_000_001, name: 'large.wav' } as File;
    await rejects(uploads.add(large, { groupId: 'crew' }).result, { code: 'too-large' });
    await rejects(uploads.add(new Blob(), { groupId: 'crew' }).result, { code: 'invalid' });
    deepEqual(server.log, []);
  });

  it('stand still while paused and go on when resumed', async () => {
    server.instead.push(
      (_method, send) => send(),
      () => new Promise(() => {}),
    );
    const upload = uploads.add(song, { groupId: 'crew' });
    while (server.log.length < 2) await new Promise(setImmediate);

    upload.pause();
    equal(upload.progress$.value.state, 'paused');
    await new Promise(setImmediate);
    const before = server.log.length;
    upload.resume();
    await upload.result;
    deepEqual(server.log.slice(before, before + 2), ['HEAD uploads/u1', 'PATCH uploads/u1']);
  });

  it('are dropped on both sides when cancelled', async () => {
    server.instead.push(
      (_method, send) => send(),
      () => new Promise(() => {}),
    );
    const upload = uploads.add(song, { groupId: 'crew' });
    while (server.log.length < 2) await new Promise(setImmediate);

    upload.cancel();
    equal(upload.progress$.value.state, 'cancelled');
    await rejects(upload.result, { code: 'gone' });
    while (server.uploads.size > 0) await new Promise(setImmediate);
    equal(kept.size, 0);
  });

  it('keep to two at a time; a paused one gives its place away', async () => {
    const hang = (): Promise<Response> => new Promise(() => {});
    server.instead.push(hang, hang);
    const files = ['1', '2', '3'].map((name) => new File([name], name));
    const [first, , third] = files.map((file) => uploads.add(file, { groupId: 'crew' }));
    while (server.log.length < 2) await new Promise(setImmediate);
    equal(third?.progress$.value.state, 'waiting');

    first?.pause();
    await third?.result;
  });

  it('give the server the peaks that it could not measure', async () => {
    server.peaks = null;
    const measure = async (): Promise<{ peaks: number[]; durationMs: number }> => ({
      peaks: [0.5],
      durationMs: 9,
    });
    await createUploads({ ...deps(), measure }).add(song, { groupId: 'crew' }).result;
    while (server.peaks === null) await new Promise(setImmediate);
    deepEqual(server.peaks, [0.5]);
  });
});
