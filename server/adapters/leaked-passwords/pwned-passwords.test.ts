import { deepEqual, equal, match } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pwnedPasswords } from './pwned-passwords.ts';

const leaked = 'P@ssw0rd of a leak';
const hash = createHash('sha1').update(leaked).digest('hex').toUpperCase();

describe('asking a service for passwords that leaked', () => {
  let server: Server;
  let url: string;
  let asked: string[] = [];
  let away: unknown[] = [];
  let answer: { status: number; body: string };

  before(async () => {
    server = createServer((req, res) => {
      asked.push(`${req.url} ${req.headers['add-padding']}`);
      res.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/range/`;
  });
  after(() => server.close());
  beforeEach(() => {
    [asked, away] = [[], []];
    answer = { status: 200, body: `${'0'.repeat(35)}:3\r\n${hash.slice(5)}:7\r\n` };
  });
  const ask = (password: string, at = url): Promise<boolean> =>
    pwnedPasswords({ url: at, onAway: (error) => away.push(error) })(password);

  it('[ID18] tells it five digits of a hash, and finds the password in what comes back', async () => {
    equal(await ask(leaked), true);
    deepEqual(asked, [`/range/${hash.slice(0, 5)} true`]);
    equal(await ask('something that nobody has thought of'), false);
    for (const line of asked) match(line, /^\/range\/[0-9A-F]{5} true$/);
  });

  it('takes no line for a leak that only fills the answer up', async () => {
    answer = { status: 200, body: `${hash.slice(5)}:0` };
    equal(await ask(leaked), false);
    deepEqual(away, []);
  });

  it('[ID18] says no, and tells the operator, where nobody can be asked', async () => {
    for (const status of [503, 302]) {
      answer = { status, body: '' };
      equal(await ask(leaked), false);
    }
    equal(await ask(leaked, 'http://127.0.0.1:1/'), false);
    equal(away.length, 3);
  });
});
