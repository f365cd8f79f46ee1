import { deepEqual, equal, match } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

describe('the server as a process', () => {
  let dataDir: string;
  const running = new Set<ChildProcess>();

  before(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jamz-main-'));
  });
  after(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  function start(argv: readonly string[], env: Record<string, string> = {}): ChildProcess {
    const child = spawn(process.execPath, [main, ...argv], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  }

  async function serving(
    env: Record<string, string> = {},
  ): Promise<{ child: ChildProcess; base: string }> {
    const child = start(['serve', '--port', '0', '--json'], env);
    const { stdout } = child;
    if (!stdout) throw new Error('The process has an output');
    const [line] = await once(stdout, 'data');
    return { child, base: JSON.parse(String(line)).local };
  }

  async function ask(url: string, token?: string, body?: object) {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return response.json();
  }

  it('ends with 0 on SIGTERM', async () => {
    const { child, base } = await serving();
    equal((await fetch(`${base}/healthz`)).status, 200);
    child.kill('SIGTERM');
    deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('ends with 2 and one plain sentence when a variable is wrong', async () => {
    const child = start(['serve'], { PORT: 'http' });
    const [[said], [status]] = await Promise.all([
      once(child.stderr ?? child, 'data'),
      once(child, 'exit'),
    ]);
    equal(status, 2);
    equal(String(said), 'PORT must be a whole number from 0 to 65535\n');
  });

  it('[ID11] says what it notes in the audit log on standard error at once, for who collects it', async () => {
    const { child, base } = await serving({ LOG_LEVEL: 'info' });
    const { stderr } = child;
    if (!stderr) throw new Error('The process has errors to say');
    const email = 'ana@collected.example';
    const account = { site: 'pk_demo', name: 'Ann', email, password: 'correct horse battery' };
    const lines = createInterface({ input: stderr })[Symbol.asyncIterator]();
    const { user } = await ask(`${base}/v1/auth/sign-up`, undefined, { ...account, via: 'body' });
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('It said nothing of it');
      equal(value.includes(email) || value.includes(account.password), false, value);
      const { audit } = JSON.parse(value);
      if (audit?.kind !== 'sign-up') continue;
      equal(audit.actorId, user.id);
      break;
    }
    child.kill('SIGTERM');
    deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('[LG5] has everything that it acknowledged after kill -9, and the same sign-ins', async () => {
    const first = await serving();
    const guest = { site: 'pk_demo', name: 'Ann', via: 'body' };
    const { accessToken, user } = await ask(`${first.base}/v1/auth/guest`, undefined, guest);
    const group = await ask(`${first.base}/v1/groups`, accessToken, { name: 'Tunnel' });
    const ops = Array.from({ length: 200 }, (_, index) => [
      index + 1,
      index + 1,
      Date.now(),
      index,
      'messages.send',
      { messageId: `m${index}`, text: `message ${index}` },
    ]);
    const identity = { replicaId: 'r', authorId: user.id, stamperId: 's', version: 1 };
    const runs = [{ ...identity, base: [1, 2], ops }];
    const push = [{ scope: `g:${group.id}`, batch: 1, runs }];
    const request = { version: 1, replicaId: 'r', push, pull: [] };
    const { answers } = await ask(`${first.base}/v1/sync`, accessToken, request);
    first.child.kill('SIGKILL');
    deepEqual(answers[0].applied, [[1, 200]]);
    await once(first.child, 'exit');

    const second = await serving();
    const again = await ask(`${second.base}/v1/sync`, accessToken, request);
    deepEqual(again.answers[0].applied, [[1, 200]]);
    deepEqual(again.answers[0].commits, []);
    deepEqual(again.answers[0].head, answers[0].head);
    const { groups } = await ask(`${second.base}/v1/me`, accessToken);
    match(JSON.stringify(groups), /Tunnel/);
    second.child.kill('SIGTERM');
    deepEqual(await once(second.child, 'exit'), [0, null]);
  });
});
