import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ID3Writer } from 'browser-id3-writer';
import { createMp3Encoder, createOggEncoder } from 'wasm-media-encoders';
import { workerInspector } from './inspector.ts';

const sampleRate = 44_100;
const inspect = workerInspector();
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('an inspected file', () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'jamz-inspect-'));
  });
  after(() => rm(directory, { recursive: true }));

  const file = async (bytes: Uint8Array, name = 'upload'): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, bytes);
    return path;
  };

  it('in MP3 tells title, artist, length, cover, digest and peaks', async () => {
    const writer = new ID3Writer(new Uint8Array(await mp3(2)).buffer);
    writer.setFrame('TIT2', 'Road\u0007 Song').setFrame('TPE1', ['The Vans']);
    writer.setFrame('APIC', { type: 3, data: new Uint8Array(png).buffer, description: 'cover' });
    const bytes = new Uint8Array(writer.addTag());

    const { facts, peaks } = await inspect(await file(bytes), 'a.mp3');

    equal(facts.mediaType, 'audio/mpeg');
    equal(facts.title, 'Road Song');
    equal(facts.artist, 'The Vans');
    equal(facts.bytes, bytes.length);
    equal(facts.sha256, createHash('sha256').update(bytes).digest('hex'));
    ok(Math.abs((facts.durationMs ?? 0) - 2_000) < 100);
    equal(facts.artwork?.mediaType, 'image/png');
    deepEqual(Buffer.from(facts.artwork?.bytes ?? []), png);
    // Loud first half, quiet second half.
    ok(peaks && (peaks[20] ?? 0) > 200 && (peaks.at(-20) ?? 255) < 80);
  });

  it('without tags is called after its file', async () => {
    const { facts } = await inspect(await file(await mp3(1)), 'Live at the Pier.v2.mp3');
    equal(facts.title, 'Live at the Pier.v2');
    equal(facts.artist, null);
    equal(facts.artwork, null);
  });

  it('in OGG and WAV is decoded too', async () => {
    const ogg = await inspect(await file(await vorbis(1)), 'a.ogg');
    equal(ogg.facts.mediaType, 'audio/ogg');
    ok(ogg.peaks);
    const wave = await inspect(await file(wav(1)), 'a.wav');
    equal(wave.facts.mediaType, 'audio/wav');
    equal(wave.facts.durationMs, 1_000);
    ok(wave.peaks);
  });

  it('whose cover is neither JPEG, PNG nor WebP has none', async () => {
    const writer = new ID3Writer(new Uint8Array(await mp3(1)).buffer);
    const gif = Uint8Array.from(Buffer.from('GIF89a'.padEnd(40, '\0')));
    writer.setFrame('APIC', { type: 3, data: gif.buffer, description: 'cover' });
    const { facts } = await inspect(await file(new Uint8Array(writer.addTag())), 'a.mp3');
    equal(facts.artwork, null);
  });

  it('that is no sound is refused with what it is and what is accepted', async () => {
    await rejects(inspect(await file(png), 'a.mp3'), (error: Error & { code: string }) => {
      equal(error.code, 'unsupported-type');
      match(error.message, /a picture.*MP3, M4A\/AAC, OGG, Opus, FLAC and WAV/);
      return true;
    });
    await rejects(inspect(await file(Buffer.from('hello')), 'a.mp3'), { code: 'unsupported-type' });
    await rejects(inspect(await file(new Uint8Array()), 'a.mp3'), { code: 'unsupported-type' });
  });

  it('that only begins like sound is refused', async () => {
    const bytes = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEjunk'), Buffer.alloc(500, 7)]);
    await rejects(inspect(await file(bytes), 'a.wav'), { code: 'unsupported-type' });
  });

  it('too large or too slow to decode here leaves its peaks to the browser', async () => {
    const path = await file(await mp3(20));
    const large = await workerInspector({ maxDecodedFileBytes: 1_000 })(path, 'a.mp3');
    equal(large.peaks, null);
    equal(large.facts.title, 'a');
    const slow = await workerInspector({ peaksWithinMs: 0 })(path, 'a.mp3');
    equal(slow.peaks, null);
  });

  it('does not hold up the event loop while it is read', async () => {
    const path = await file(await mp3(30));
    const [before, hereBefore] = [process.cpuUsage(), process.threadCpuUsage()];
    await inspect(path, 'a.mp3');
    const [all, here] = [process.cpuUsage(before), process.threadCpuUsage(hereBefore)];
    // Of the processor, not of the clock: a busy machine holds up everybody.
    ok(here.user < all.user / 2, `${here.user} of ${all.user} µs`);
  });

  it('is told before the next is begun, whatever became of the one before', async () => {
    const good = await file(await mp3(1), 'good');
    const bad = await file(Buffer.from('bad'), 'bad');
    const results = await Promise.allSettled([inspect(bad, 'b.mp3'), inspect(good, 'g.mp3')]);
    deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'fulfilled'],
    );
    ok((await readFile(good)).length > 0);
  });
});

/** Loud in its first half, quiet in its second. */
function sound(seconds: number): Float32Array {
  const frames = seconds * sampleRate;
  return Float32Array.from(
    { length: frames },
    (_, frame) => (frame < frames / 2 ? 0.8 : 0.1) * Math.sin(frame * 0.05),
  );
}

async function mp3(seconds: number): Promise<Uint8Array> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate, channels: 1, bitrate: 64 });
  const body = Buffer.from(encoder.encode([sound(seconds)]));
  return Buffer.concat([body, encoder.finalize()]);
}

async function vorbis(seconds: number): Promise<Uint8Array> {
  const encoder = await createOggEncoder();
  encoder.configure({ sampleRate, channels: 1, vbrQuality: 2 });
  const body = Buffer.from(encoder.encode([sound(seconds)]));
  return Buffer.concat([body, encoder.finalize()]);
}

function wav(seconds: number): Uint8Array {
  const samples = Int16Array.from(sound(seconds), (value) => value * 32_767);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
