import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ID3Writer } from 'browser-id3-writer';
import { chromium } from 'playwright-core';
import { createMp3Encoder } from 'wasm-media-encoders';
import type { IndexedTrack } from '../server/music/demo-library.ts';
import { inspectSound, measurePeaks } from '../server/music/inspect.ts';
import { covers } from './demo-tracks/covers.ts';
import { integratedLufs, master } from './demo-tracks/master.ts';
import { shoreline } from './demo-tracks/shoreline.ts';
import { type Stereo, sampleRate } from './demo-tracks/sound.ts';
import { sunline } from './demo-tracks/sunline.ts';
import { windscreen } from './demo-tracks/windscreen.ts';

/**
 * Renders the demo site's music, all of it made here: `node scripts/demo-tracks.ts`. The files are committed, so only
 * who changes the music runs this. The sound is the same at every run.
 */
const directory = join(import.meta.dirname, '../server/music/demo-tracks');
const coverPx = 480;

const pieces = [
  { name: 'sunline', title: 'Sunline', render: sunline, fade: { inS: 0.02, outS: 5 } },
  {
    name: 'windscreen',
    title: 'Rain on the Windscreen',
    render: windscreen,
    fade: { inS: 1.5, outS: 4 },
  },
  { name: 'shoreline', title: 'Shoreline', render: shoreline, fade: { inS: 1.2, outS: 4 } },
] as const;

mkdirSync(directory, { recursive: true });
const tracks: IndexedTrack[] = [];
for (const [index, { name, title, render, fade }] of pieces.entries()) {
  const mix = render();
  master(mix, fade);
  const cover = await paint(covers[name]);
  const bytes = tagged(await encode(mix), { title, track: `${index + 1}/${pieces.length}`, cover });
  writeFileSync(join(directory, `${name}.jpg`), cover);
  writeFileSync(join(directory, `${name}.mp3`), bytes);
  tracks.push(await described(name));
  const seconds = mix.left.length / sampleRate;
  const figures = [
    `${seconds.toFixed(1)} s`,
    `${bytes.length} bytes`,
    `cover ${cover.length} bytes`,
    `${integratedLufs(mix).toFixed(1)} LUFS`,
  ];
  console.log(`${name}.mp3: ${figures.join(', ')}`);
}

writeFileSync(join(directory, 'index.json'), `${JSON.stringify(tracks, null, 2)}\n`);

/** What the server would find in the file, kept so that it need not look. */
async function described(name: string): Promise<IndexedTrack> {
  const path = join(directory, `${name}.mp3`);
  const { bytes, sha256, title, artist, durationMs, decoder } = await inspectSound(path, name);
  if (!artist || !durationMs) throw new Error(`${path} has lost its tags`);
  const peaks = Buffer.from(await measurePeaks(path, decoder)).toString('base64');
  const names = { name: `${name}.mp3`, artwork: `${name}.jpg` };
  return { ...names, bytes, sha256, title, artist, durationMs, peaks };
}

async function encode(mix: Stereo): Promise<Uint8Array> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate, channels: 2, bitrate: 96 });
  const body = Buffer.from(encoder.encode([mix.left, mix.right]));
  return Buffer.concat([body, encoder.finalize()]);
}

interface Tags {
  readonly title: string;
  readonly track: string;
  readonly cover: Uint8Array;
}

function tagged(sound: Uint8Array, { title, track, cover }: Tags): Uint8Array {
  const writer = new ID3Writer(Uint8Array.from(sound).buffer);
  writer
    .setFrame('TIT2', title)
    .setFrame('TPE1', ['TrafficJamz House Band'])
    .setFrame('TALB', 'Songs for a Slow Lane')
    .setFrame('TRCK', track)
    .setFrame('APIC', { type: 3, data: Uint8Array.from(cover).buffer, description: 'Cover' });
  return new Uint8Array(writer.addTag());
}

/** @returns JPEG, square */
async function paint(svg: string): Promise<Uint8Array> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' });
  try {
    const page = await browser.newPage({ viewport: { width: coverPx, height: coverPx } });
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
    return await page.screenshot({ type: 'jpeg', quality: 86 });
  } finally {
    await browser.close();
  }
}
