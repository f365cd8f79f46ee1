import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../sdk/connect.ts';
import { moved } from '../../sdk/positions/earth.ts';
import { openLink } from '../../sdk/transport/open-link.ts';
import { percentile, shown } from '../figures.ts';
import { startServer } from '../server-handle.ts';
import { aimed, type Section } from './section.ts';

/** Eight hours at one a second. */
const fixes = 8 * 3_600;
const start = { lat: 43.7384, lng: 7.4246 };
const quietLives = 12;
const patienceMs = 60_000;
const livePatienceMs = 3_000;

interface Uploaded {
  readonly tookMs: number;
  readonly batches: number;
  readonly quietMs: readonly number[];
  readonly besideMs: readonly number[];
}

/** How long eight hours of fixes take to the real server in its own process, and what live ones lose by it. */
export async function measureUpload(): Promise<Section> {
  const dir = mkdtempSync(join(tmpdir(), 'jamz-upload-'));
  const server = await startServer('ours', dir);
  try {
    return sectionOf(await upload(`http://127.0.0.1:${server.port}`));
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function upload(server: string): Promise<Uploaded> {
  let batches = 0;
  const counted: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    if (String(request[0]).endsWith('/positions') && response.ok) batches += 1;
    return response;
  };
  const person = async (name: string) => {
    const jamz = connect({
      server,
      site: 'pk_demo',
      storage: 'memory',
      over: { fetch: counted, openLink },
    });
    await jamz.session.signInAsGuest({ name });
    const group = await jamz.openGroup('/upload');
    await jamz.syncNow();
    return { jamz, group };
  };
  const [ana, bo] = [await person('Ana'), await person('Bo')];
  const seenAt = new Map<number, number>();
  const watching = bo.group.positions$.subscribe((positions) => {
    for (const { fix } of positions) seenAt.set(fix.atMs, performance.now());
  });
  let turn = 0;
  /** Where nobody would reckon it: each is told. @returns how long another member waited for it */
  const live = async (): Promise<number> => {
    turn += 1;
    const at = Math.round(ana.jamz.serverNow());
    const toldMs = performance.now();
    ana.group.reportPosition({ ...moved(start, turn * 97, 40), accuracyM: 15, at });
    while (!seenAt.has(at) && performance.now() - toldMs < livePatienceMs) await sleep(1);
    await sleep(950);
    return (seenAt.get(at) ?? Number.POSITIVE_INFINITY) - toldMs;
  };
  ana.group.sharing('precise');
  const quietMs: number[] = [];
  for (let one = 0; one < quietLives; one++) quietMs.push(await live());

  ana.jamz.online(false);
  // Eight hours in half a minute: nothing from before somebody joined is theirs to tell.
  const beganMs = Math.ceil(ana.jamz.serverNow()) + 1;
  for (let one = 0; one < fixes; one++) {
    ana.group.reportPosition({
      ...moved(start, 90, one / 100),
      ...{ accuracyM: 5, speedMps: 10, headingDeg: 90, at: beganMs + one },
    });
  }
  await sleep(Math.max(0, beganMs + fixes - ana.jamz.serverNow()) + 1_000);
  batches = 0;
  const fromMs = performance.now();
  ana.jamz.online(true);
  const besideMs: number[] = [];
  const isDone = (): boolean => batches >= fixes / 600;
  let tookMs = Number.NaN;
  const done = (async () => {
    while (!isDone() && performance.now() - fromMs < patienceMs) await sleep(5);
    tookMs = isDone() ? performance.now() - fromMs : Number.POSITIVE_INFINITY;
  })();
  // Nobody's live fix is heard before there is a link.
  await ana.jamz.syncNow();
  while (Number.isNaN(tookMs)) {
    besideMs.push(await live());
  }
  await done;
  watching.unsubscribe();
  await Promise.all([ana.jamz.close(), bo.jamz.close()]);
  return { tookMs, batches, quietMs, besideMs };
}

function sectionOf({ tookMs, batches, quietMs, besideMs }: Uploaded): Section {
  const quiet = percentile(quietMs, 50);
  const worst = Math.max(...besideMs, 0);
  const { lines, missed } = aimed([
    [tookMs <= 10_000, `all of it on the server within ${shown(tookMs / 1_000)} s (aim: 10)`],
    [
      worst - quiet <= 100,
      `a live fix delayed by ${shown(Math.max(0, worst - quiet))} ms at most (aim: 100)`,
    ],
  ]);
  return {
    name: 'upload',
    text: `${fixes.toLocaleString('en')} fixes in ${batches} batches, from the SDK to a server with SQLite in a process of its own, on loopback. A live fix is with another member after ${shown(quiet)} ms (median of ${quietMs.length}) while nothing is uploaded, and after ${shown(percentile(besideMs, 50))} ms, ${shown(worst)} ms at worst of ${besideMs.length}, beside the upload.\n\n${lines}`,
    missed,
  };
}
