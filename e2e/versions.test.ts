import { deepEqual, equal } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { filter, firstValueFrom } from 'rxjs';
import type { connect, Group, Jamz, Sent } from 'trafficjamz';
import { launchBrowser } from './browser.ts';
import { startServer, type TestServer, thisVersion } from './server.ts';

type Connect = typeof connect;

const archive = resolve(import.meta.dirname, 'archive');
const versions = readdirSync(archive, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const replicaOf = (version: string): string => resolve(archive, version, 'replica.mjs');
const serverOf = (version: string): string => `e2e/archive/${version}/server.mjs`;
const thisReplica = resolve(import.meta.dirname, '../dist/sdk/index.js');

async function load(path: string): Promise<Connect> {
  return ((await import(pathToFileURL(path).href)) as { connect: Connect }).connect;
}

/** A guest with a group of their own, in step. */
async function guest(connectTo: Connect, server: string, name: string): Promise<Jamz> {
  const jamz = connectTo({ server, site: 'pk_demo', storage: 'memory' });
  await jamz.session.signInAsGuest({ name });
  return jamz;
}

/** One op or more of every kind that a group's members make, as a drive through a long tunnel would leave them. */
function fillOutbox(jamz: Jamz, group: Group): Sent[] {
  const added = group.addTracks(
    Array.from({ length: 40 }, (_, at) => ({
      title: `Song ${at}`,
      url: `https://music.example/${at}.mp3`,
      durationMs: 180_000,
    })),
  );
  const items = group.playlist$.value.map(({ itemId }) => itemId);
  const [first, second, third] = items;
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('The tracks are not shown.');
  }
  const place = group.savePlace({ name: 'Rest stop', lat: 47.1, lng: 8.4 });
  const placeId = group.places$.value[0]?.placeId ?? '';
  return [
    ...(Array.isArray(added) ? added : [added]),
    group.moveTrack(first, { after: second }),
    group.removeTrack(third),
    group.play(),
    group.seek(12_000),
    group.repeat('all'),
    group.shuffle(true),
    group.like(second),
    place,
    group.updatePlace(placeId, { name: 'Picnic' }),
    group.update({ name: 'Through the Alps' }),
    group.send('In the tunnel'),
    group.send('Still in the tunnel'),
    jamz.updateProfile({ name: 'Ada of the tunnel' }),
  ];
}

/** What a member sees of a group, as far as every version shows it. */
function shown(group: Group): unknown {
  return {
    name: group.info$.value?.name,
    titles: group.playlist$.value.map(({ title }) => title),
    messages: group.messages$.value.map(({ text }) => text),
    places: group.places$.value.map(({ name }) => name),
  };
}

const inStep = (jamz: Jamz): Promise<unknown> =>
  firstValueFrom(
    jamz.status$.pipe(filter(({ state, pending }) => state === 'SYNCED' && pending === 0)),
  );

/** Leaves a full outbox in the dark, comes back, and has another replica show the same. */
async function throughATunnel(
  server: TestServer,
  travels: Connect,
  looksOn: Connect,
): Promise<void> {
  const jamz = await guest(travels, server.url, 'Ada');
  const group = await jamz.createGroup({ name: 'Alps' });
  const { code } = await group.invite();
  const other = await guest(looksOn, server.url, 'Ben');
  try {
    const joined = await other.joinGroup(code);
    jamz.online(false);
    const sent = fillOutbox(jamz, group);
    const before = shown(group);
    jamz.online(true);
    await Promise.all(sent.map(({ acked }) => acked));
    await inStep(jamz);
    deepEqual(shown(group), before);
    await firstValueFrom(joined.messages$.pipe(filter(({ length }) => length === 2)));
    await inStep(other);
    deepEqual(shown(joined), before);
    equal(group.info$.value?.name, 'Through the Alps');
  } finally {
    await Promise.all([jamz.close(), other.close()]);
  }
}

describe('replicas and servers of different versions', () => {
  for (const version of versions) {
    describe(version, () => {
      it('[OP16] an old replica drains a full outbox into this server, and a new one sees the same', async () => {
        const server = await startServer();
        try {
          await throughATunnel(server, await load(replicaOf(version)), await load(thisReplica));
          await throughATunnel(server, await load(thisReplica), await load(replicaOf(version)));
        } finally {
          await server.close();
        }
      });

      it('[OP22] this replica drains a full outbox into an old server, and an old one sees the same', async () => {
        const server = await startServer({ main: serverOf(version) });
        try {
          await throughATunnel(server, await load(thisReplica), await load(replicaOf(version)));
          await throughATunnel(server, await load(replicaOf(version)), await load(thisReplica));
        } finally {
          await server.close();
        }
      });

      it('a replica older than its server’s update goes on without a break', async () => {
        const server = await startServer({ main: serverOf(version) });
        const jamz = await guest(await load(replicaOf(version)), server.url, 'Ada');
        try {
          const group = await jamz.createGroup({ name: 'Alps' });
          await Promise.all(fillOutbox(jamz, group).map(({ acked }) => acked));
          await inStep(jamz);
          const before = shown(group);
          await server.kill();
          const sent = group.send('While the server was updated');
          await server.restart(thisVersion);
          await jamz.syncNow();
          await sent.acked;
          await inStep(jamz);
          deepEqual(shown(group), {
            ...(before as object),
            messages: ['In the tunnel', 'Still in the tunnel', 'While the server was updated'],
          });
        } finally {
          await jamz.close();
          await server.close();
        }
      });
    });
  }
});

describe('an app that was updated over a full outbox', () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const version of versions) {
    for (const [what, main] of [
      ['this server', thisVersion],
      ['an old server', serverOf(version)],
    ] as const) {
      it(`[OP22] sends to ${what} what ${version} left in the journal`, async () => {
        const server = await startServer({ main });
        const context = await browser.newContext();
        try {
          const old = await openWith(context, server.url, replicaOf(version));
          const groupId = await old.evaluate(leaveInTheDark, server.url);
          await old.close();
          const next = await openWith(context, server.url, thisReplica);
          deepEqual(await next.evaluate(comeBack, { server: server.url, groupId }), {
            titles: ['One', 'Two', 'Three'],
            messages: ['In the tunnel'],
            setAside: 0,
          });
        } finally {
          await context.close();
          await server.close();
        }
      });
    }
  }
});

/** An empty page of the server's origin that can import one version of the replica. */
async function openWith(context: BrowserContext, url: string, replica: string): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [replica],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.route(`${url}/blank`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>A page</title>' }),
  );
  await page.route(`${url}/replica.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]?.text ?? '' }),
  );
  await page.goto(`${url}/blank`);
  return page;
}

// Both run in the page, and so may use nothing of this file.

async function leaveInTheDark(server: string): Promise<string> {
  const path: string = '/replica.js';
  const { connect: connectTo } = (await import(path)) as { connect: Connect };
  const jamz = connectTo({ server, site: 'pk_demo' });
  await jamz.session.signInAsGuest({ name: 'Ada' });
  const group = await jamz.createGroup({ name: 'Alps' });
  await new Promise<void>((resolved) => {
    jamz.status$.subscribe(({ state }) => {
      if (state === 'SYNCED') resolved();
    });
  });
  jamz.online(false);
  for (const title of ['One', 'Two', 'Three']) {
    group.addTracks([{ title, url: 'https://music.example/1.mp3' }]);
  }
  group.send('In the tunnel');
  await jamz.close();
  return group.id;
}

async function comeBack(at: {
  readonly server: string;
  readonly groupId: string;
}): Promise<unknown> {
  const path: string = '/replica.js';
  const { connect: connectTo } = (await import(path)) as { connect: Connect };
  const jamz = connectTo({ server: at.server, site: 'pk_demo' });
  const group = jamz.group(at.groupId as Parameters<Jamz['group']>[0]);
  await new Promise<void>((resolved) => {
    jamz.status$.subscribe(({ state, pending }) => {
      if (state === 'SYNCED' && pending === 0 && group.messages$.value.length > 0) resolved();
    });
  });
  const seen = {
    titles: group.playlist$.value.map(({ title }) => title),
    messages: group.messages$.value.map(({ text }) => text),
    setAside: jamz.status$.value.setAside,
  };
  await jamz.close();
  return seen;
}
