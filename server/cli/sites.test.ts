import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../config/read-config.ts';
import { openStore } from '../open-store.ts';
import { runCli } from './run-cli.ts';

describe('the commands for sites and their webhooks', () => {
  let env: Record<string, string>;
  before(() => {
    env = { DATA_DIR: mkdtempSync(join(tmpdir(), 'jamz-sites-')), LOG_LEVEL: 'silent' };
  });
  after(() => rmSync(env['DATA_DIR'] ?? '', { recursive: true }));

  const run = async (line: string): Promise<{ status: number; out: string; err: string }> => {
    const [out, err]: [string[], string[]] = [[], []];
    const status = await runCli(line.split(' '), {
      env,
      isTty: false,
      print: (text) => out.push(text),
      complain: (text) => err.push(text),
      onStop: () => {},
      exit: () => {},
    });
    return { status, out: out.join('\n'), err: err.join('\n') };
  };
  const json = async (line: string) => JSON.parse((await run(`${line} --json`)).out);

  it('register a site, change its origins, and put a new secret beside the old one', async () => {
    const made = await json('sites add Rides --origin https://a.example --key pk_rides');
    match(made.secret, /^sk_/);
    const changed = await json('sites origins pk_rides --origin https://b.example --origin *');
    deepEqual(changed.origins, ['https://b.example', '*']);
    const rotated = await json('sites rotate pk_rides --overlap 2');
    match(rotated.secret, /^sk_/);
    equal(JSON.stringify(await json('sites list')).includes('sk_'), false);
    for (const wrong of [
      'sites origins pk_rides',
      'sites origins pk_none --origin *',
      'sites origins pk_rides --origin a.example',
      'sites rotate pk_rides --overlap soon',
      'sites rotate pk_rides --overlap 721',
    ]) {
      equal((await run(wrong)).status, 2, wrong);
    }
  });

  it('set quotas, and leave those that are not named', async () => {
    await run('sites quotas pk_rides --groups 5');
    const { groups, sockets, members } = await json('sites quotas pk_rides --sockets 9');
    deepEqual([groups, sockets, members], [5, 9, 1_000_000]);
    equal((await run('sites quotas pk_rides --groups many')).status, 2);
  });

  it('[WH3] list what was given up for a site, and begin it anew', async () => {
    const store = await openStore(readConfig(env), true);
    const siteId = (await store.sites.byKey('pk_rides'))?.siteId ?? '';
    const event = { siteId, type: 'track.added', atMs: 1_700_000_000_000, data: {} } as const;
    const dead = { state: 'dead', attempts: 12, nextAtMs: 0, triedAtMs: Date.now() } as const;
    for (const eventId of ['evt_1', 'evt_2']) {
      await store.webhookOutbox.add([{ ...event, eventId }]);
      await store.webhookOutbox.settle(eventId, { ...dead, problem: 'It answered 500' });
    }
    await store.close();
    match(
      (await run('webhooks list')).out,
      /pk_rides\tevt_2\ttrack.added\tdead\t12 tried\tIt answered 500/,
    );
    deepEqual(await json('webhooks retry pk_rides --event evt_1'), { retried: 1 });
    const left = await json('webhooks list --site pk_rides');
    deepEqual(
      left.map(({ eventId }: { eventId: string }) => eventId),
      ['evt_2'],
    );
    deepEqual(await json('webhooks retry pk_rides'), { retried: 1 });
    equal((await json('webhooks list --state waiting')).length, 2);
    match((await run('webhooks retry pk_rides --event evt_9')).err, /evt_9/);
    for (const wrong of [
      'webhooks list --state lost',
      'webhooks list --limit 0',
      'webhooks retry',
    ]) {
      equal((await run(wrong)).status, 2, wrong);
    }
    const kinds = (await json('audit --site pk_rides')).map(({ kind }: { kind: string }) => kind);
    deepEqual(kinds.filter((kind: string) => kind === 'webhooks-retried').length, 2);
  });
});
