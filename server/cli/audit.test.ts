import { deepEqual, doesNotMatch, equal } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { graceMs } from '../accounts/refresh-tokens.ts';
import { createMailbox, tokenIn } from '../mail-fixture.ts';
import { type TestServer, testServer } from '../test-server.ts';
import { runCli } from './run-cli.ts';

const password = 'correct horse battery';
const email = 'ana.private@x.example';
const dayMs = 86_400_000;

describe('the audit log', () => {
  let server: TestServer;
  let nowMs = Date.now();
  const mailbox = createMailbox();
  before(async () => {
    server = await testServer({ mailer: mailbox.mailer, clock: { nowMs: () => nowMs } });
  });
  after(() => server.close());

  const enter = (path: string, body: object) =>
    server.ask(`/v1/auth/${path}`, { body: { site: 'pk_demo', via: 'body', ...body } });
  const kinds = async (): Promise<string[]> =>
    (await server.audit('pk_demo')).map(({ kind }) => kind);
  async function cli(...argv: string[]): Promise<{ status: number; lines: string[] }> {
    const lines: string[] = [];
    const status = await runCli(argv, {
      env: { DATA_DIR: server.config.dataDir, LOG_LEVEL: 'silent' },
      isTty: false,
      print: (line) => lines.push(line),
      complain: (line) => lines.push(line),
      onStop() {},
      exit() {},
    });
    return { status, lines };
  }

  it('[ID11] has what happened to an account, by ids, and no secret and no person', async () => {
    const signedUp = await enter('sign-up', { email, password, name: 'Ana Private' });
    const { user, refreshToken } = signedUp.json;
    await enter('verify', { token: tokenIn(await mailbox.next()) });
    await enter('sign-in', { email, password });
    await enter('sign-in', { email, password: 'wrong password' });
    await enter('sign-in', { email: 'nobody@x.example', password });
    await enter('refresh', { refreshToken });
    nowMs += graceMs + 1;
    await enter('refresh', { refreshToken });
    await enter('request-reset', { email });
    await enter('reset', { token: tokenIn(await mailbox.next()), password });
    await mailbox.next();

    const entries = await server.audit('pk_demo');
    const byKind = Map.groupBy(entries, ({ kind }) => kind);
    deepEqual(
      byKind.get('sign-in-failed')?.map(({ subjectId }) => subjectId),
      [null, user.id],
    );
    for (const kind of [
      'sign-up',
      'email-verified',
      'sign-in',
      'refresh-reused',
      'password-reset',
    ] as const) {
      deepEqual(
        byKind.get(kind)?.map(({ actorId }) => actorId),
        [user.id],
        kind,
      );
    }
    doesNotMatch(JSON.stringify(entries), /private|nobody|horse|@|sk_|ey[A-Z]/i);
  });

  it('has the turn of a site’s secret', async () => {
    const before = (await kinds()).filter((kind) => kind === 'site-secret-rotated').length;
    await server.secretOf('pk_demo');
    equal((await kinds()).filter((kind) => kind === 'site-secret-rotated').length, before + 1);
  });

  it('is printed by a command, of one site or all', async () => {
    await server.addSite({ name: 'Other', key: 'pk_other', policy: 'open', origins: ['*'] });
    const { status, lines } = await cli('audit', '--site', 'pk_other', '--json');
    equal(status, 0);
    const entries = JSON.parse(lines.join('')) as { kind: string; site: string }[];
    deepEqual(
      entries.map(({ kind, site }) => [kind, site]),
      [['site-added', 'pk_other']],
    );
    const two = await cli('audit', '--limit', '2');
    equal(two.lines.length, 2);
    equal(
      two.lines.every((line) => /^\d{4}-\d\d-\d\dT[\d:.]+Z\tpk_\w+\t[a-z-]+\t/.test(line)),
      true,
    );
    deepEqual((await cli('audit', '--since', '2999-01-01')).lines, []);
  });

  for (const argv of [
    ['--site', 'pk_none'],
    ['--limit', '0'],
    ['--limit', 'all'],
    ['--since', 'yesterday'],
    ['more'],
  ]) {
    it(`exits with status 2 for ${argv.join(' ')}`, async () => {
      equal((await cli('audit', ...argv)).status, 2);
    });
  }

  it('[ID11] forgets what is older than 180 days', async () => {
    nowMs += 181 * dayMs;
    await enter('sign-in', { email, password });
    await server.tidy();
    deepEqual(await kinds(), ['sign-in']);
  });
});
