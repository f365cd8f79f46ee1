import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../../sdk/testing/seeded-random.ts';
import { startServer } from '../server-handle.ts';
import { type JitterProxy, openJitterProxy } from './jitter-proxy.ts';
import type { SoundOptions } from './options.ts';
import { openPhone, type PhoneProcess } from './phones.ts';
import { startSite } from './site.ts';
import type { SoundCard } from './sound-card.ts';

/** Everything that a scene needs, started: server, site, and phones that are in one group with its tracks. */
export interface Stage {
  readonly phones: readonly PhoneProcess[];
  /** The way to the server of each phone. */
  readonly links: readonly JitterProxy[];
  /** What went wrong inside pages. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export interface StageOptions extends Pick<SoundOptions, 'processes' | 'faults' | 'sdk'> {
  readonly tracks: Readonly<Record<string, Uint8Array>>;
}

/** Crystals this far apart are rare; wall clocks are set as people set them. */
const faults = [
  { wallErrorMs: -3_600_000, skewPpm: 100 },
  { wallErrorMs: 7_321, skewPpm: -100 },
  { wallErrorMs: 86_400_000, skewPpm: 37 },
  { wallErrorMs: -250, skewPpm: -61 },
] as const;
const noFault = { wallErrorMs: 0, skewPpm: 0 };
/** There and back 80 ± 40 ms, each way for itself. */
const jitterMs = [20, 60] as const;
const noJitterMs = [0, 0] as const;

export async function openStage(card: SoundCard, options: StageOptions): Promise<Stage> {
  const undo: (() => Promise<unknown>)[] = [];
  const errors: string[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const dir = await mkdtemp(join(tmpdir(), 'jamz-sound-server-'));
    undo.push(() => rm(dir, { recursive: true, force: true }));
    const server = await startServer('ours', dir);
    undo.push(() => server.stop());
    const site = await startSite(options);
    undo.push(() => site.close());
    const phones: PhoneProcess[] = [];
    const links: JitterProxy[] = [];
    let code: string | undefined;
    for (let index = 0; index < options.processes; index++) {
      const delayMs = options.faults ? jitterMs : noJitterMs;
      const random = seededRandom(index + 1);
      const link = await openJitterProxy(server.port, { upMs: delayMs, downMs: delayMs, random });
      undo.push(() => link.close());
      const fault = options.faults ? (faults[index % faults.length] ?? noFault) : noFault;
      const phone = await openPhone(card, index, site.url, fault, (error) => errors.push(error));
      undo.push(() => phone.close());
      const ticket = { server: `http://127.0.0.1:${link.port}`, name: `Phone ${index}`, code };
      code = await phone.ask(
        (page, { server, name, code }) => page.join(server, name, code),
        ticket,
      );
      if (index === 0)
        await phone.ask((page, urls) => page.addTracks(urls), Object.keys(options.tracks));
      phones.push(phone);
      links.push(link);
    }
    return { phones, links, errors, close };
  } catch (error) {
    await close();
    throw error;
  }
}
