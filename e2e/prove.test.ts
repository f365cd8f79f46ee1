import { deepEqual, equal, ok } from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { chirp } from 'trafficjamz/testing';
import { until } from '../scripts/testing/until.ts';
import { launchBrowser, openPage } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const sampleRate = 48_000;
/** How late each phone’s chirps are in what the microphone hears, ms. */
const lateMs = [0, 3.5, -2];
/** A round takes four seconds, and a page on a busy machine may need many. */
const patienceMs = 240_000;

describe('“Prove it”', () => {
  let server: TestServer;
  let browser: Browser;
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'jamz-prove-'));
    const heard = join(dir, 'heard.wav');
    await writeFile(heard, waveFileOf(roundOf(lateMs), sampleRate));
    [server, browser] = await Promise.all([
      startServer(),
      launchBrowser([
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${heard}`,
      ]),
    ]);
  });
  after(async () => {
    await browser.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  });

  it('[SD3] shows how far phones are apart, by what one of them hears', {
    timeout: 2 * patienceMs,
  }, async () => {
    const { page, problems } = await openPhone('Ana');
    const link = await invitation(page);
    for (const name of ['Bo', 'Cem']) {
      // Once it is a member it has its turn; what it would sound there is in what the microphone hears.
      const other = await openPhone(name, link);
      await page.getByRole('row', { name }).waitFor();
      await other.page.context().close();
    }
    await page.getByRole('button', { name: 'Listen with this phone' }).click();
    // The middle one is Ana. A machine that is busy loses some of what it hears: more rounds make up for it.
    await page.waitForFunction(
      (expected) => {
        const cells = [...document.querySelectorAll('.prove-table tbody tr td:nth-child(2)')];
        const shown = cells.map((cell) =>
          Number.parseFloat((cell.textContent ?? '').replace('−', '-')),
        );
        return (
          shown.length === expected.length &&
          shown.every((ms, index) => Math.abs(ms - (expected[index] ?? 99)) < 0.3)
        );
      },
      lateMs,
      { timeout: patienceMs },
    );
    ok(
      /^3 phones within \d+\.\d ms$/.test(
        (await page.locator('#picture').getAttribute('aria-label')) ?? '',
      ),
    );
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Share the picture' }).click(),
    ]);
    equal(download.suggestedFilename(), 'trafficjamz-in-step.png');
    deepEqual(problems, []);
    await page.context().close();
  });

  it('says what to do where the microphone is not allowed', async () => {
    const denied = await launchBrowser(['--deny-permission-prompts']);
    try {
      const { page } = await openPage(denied, { width: 390, height: 844 });
      await enter(page, `${server.url}/prove`, 'Ana');
      await page.getByRole('button', { name: 'Listen with this phone' }).click();
      await page.getByRole('alert').waitFor();
      ok(/microphone/i.test((await page.getByRole('alert').textContent()) ?? ''));
    } finally {
      await denied.close();
    }
  });

  async function openPhone(
    name: string,
    link = `${server.url}/prove`,
  ): Promise<{ readonly page: Page; readonly problems: string[] }> {
    const opened = await openPage(browser, { width: 390, height: 844 });
    await enter(opened.page, link, name);
    return opened;
  }
});

async function enter(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('What this phone is called').fill(name);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Listen with this phone' }).waitFor();
}

async function invitation(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Add a phone' }).click();
  const field = page.getByLabel('Link to this page, with the invitation');
  await until(async () => (await field.inputValue()) !== '', 'there is a link');
  const link = await field.inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  return link;
}

/** Four seconds in which each phone chirps in its turn, to be played round and round. */
function roundOf(late: readonly number[]): Int16Array {
  const round = new Int16Array(4 * sampleRate);
  for (const [slot, ms] of late.entries()) {
    // A second later than the round’s beginning, so that nothing lies across its end.
    const from = Math.round((1 + slot / 2 + ms / 1000) * sampleRate);
    for (const [index, value] of chirp(slot, sampleRate).entries()) {
      round[from + index] = Math.round(0.5 * value * 32_767);
    }
  }
  return round;
}

/** 16-bit mono PCM (RIFF WAVE). */
function waveFileOf(samples: Int16Array, rate: number): Uint8Array {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, new Uint8Array(samples.buffer)]);
}
