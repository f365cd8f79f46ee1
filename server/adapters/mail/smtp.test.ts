import { equal, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { mailContract } from '../../ports/mail.contract.ts';
import { readMail } from './read-mail-fixture.ts';
import { smtpMailer } from './smtp.ts';

/** A real mail server on a port of its own. */
async function mailServer() {
  const received: Uint8Array[] = [];
  const users: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    onAuth({ username = '', password }, _session, done) {
      users.push(username);
      if (password === 'right') done(null, { user: username });
      else done(new Error('wrong password'));
    },
    onData(stream, _session, done) {
      void buffer(stream).then((bytes) => {
        received.push(bytes);
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await new Promise<void>((resolve) => {
      server.close(resolve);
    });
  };
  return { received, users, port, close };
}

const from = 'TrafficJamz <jamz@music.example>';

mailContract('SMTP', async () => {
  const server = await mailServer();
  const mailer = smtpMailer({ url: `smtp://127.0.0.1:${server.port}`, from });
  return {
    mailer,
    received: () => Promise.all(server.received.map(readMail)),
    async cut() {
      await mailer.close();
      await server.close();
    },
    async close() {
      await mailer.close();
      await server.close();
    },
  };
});

describe('mail over SMTP', () => {
  const mail = { to: 'ana@x.example', subject: 'S', text: 'T', html: '<p>T</p>' };

  it('signs in as the address says', async () => {
    const { port, users, received, close } = await mailServer();
    const mailer = smtpMailer({ url: `smtp://bo%40x.example:right@127.0.0.1:${port}`, from });
    await mailer.send(mail);
    equal(users.join(), 'bo@x.example');
    equal(received.length, 1);
    await mailer.close();
    await close();
  });

  it('sends nothing over an open line to another machine', async () => {
    const { port, received, close } = await mailServer();
    // An address of this machine that is not its loopback by name.
    const mailer = smtpMailer({ url: `smtp://0.0.0.0:${port}`, from });
    await rejects(mailer.send(mail), { code: 'unavailable' });
    equal(received.length, 0);
    await mailer.close();
    await close();
  });

  it('fails without its password in the message', async () => {
    const { port, close } = await mailServer();
    const mailer = smtpMailer({ url: `smtp://bo:wrong@127.0.0.1:${port}`, from });
    await rejects(mailer.send(mail), { code: 'unavailable', message: /did not take/ });
    await mailer.close();
    await close();
  });
});
