import { deepEqual, equal, rejects } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Mail, Mailer } from './mail.ts';

export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** What has come out at the other end, read by a program for mails, oldest first. */
  received(): Promise<readonly (Mail & { readonly from: string })[]>;
  /** From now on nothing can be sent. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** What every adapter of {@link Mailer} promises. */
export function mailContract(adapter: string, make: () => Promise<MailerUnderTest>): void {
  describe(`mail port: ${adapter}`, () => {
    let subject: MailerUnderTest;
    before(async () => {
      subject = await make();
    });
    after(() => subject.close());

    const newest = async () => (await subject.received()).at(-1);

    it('delivers text and markup, in any letters', async () => {
      await subject.mailer.send(hello);
      deepEqual(await newest(), { ...hello, from: 'jamz@music.example' });
    });

    it('keeps a long address of a link in one piece', async () => {
      const link = `https://jamz.example/verify#token=${'a'.repeat(300)}`;
      await subject.mailer.send({ ...hello, text: link });
      equal((await newest())?.text, link);
    });

    for (const to of [
      'ana@x.example\r\nBcc: eve@x.example',
      'ana@x.example, eve@x.example',
      'Ana <ana@x.example>',
      'ana',
      '',
    ]) {
      it(`sends nothing to ${JSON.stringify(to)}`, async () => {
        const sent = (await subject.received()).length;
        await rejects(subject.mailer.send({ ...hello, to }), { code: 'invalid' });
        equal((await subject.received()).length, sent);
      });
    }

    it('takes no second line for the subject', async () => {
      const sent = (await subject.received()).length;
      const forged = { ...hello, subject: 'Hello\r\nBcc: eve@x.example' };
      await rejects(subject.mailer.send(forged), { code: 'invalid' });
      equal((await subject.received()).length, sent);
    });

    it('says that it can send, and sends nothing for that', async () => {
      const sent = (await subject.received()).length;
      await subject.mailer.check();
      equal((await subject.received()).length, sent);
    });

    it('says so when it cannot send', async () => {
      await subject.cut();
      await rejects(subject.mailer.check(), { code: 'unavailable' });
      await rejects(subject.mailer.send(hello), { code: 'unavailable' });
    });
  });
}

const hello: Mail = {
  to: 'ana@x.example',
  subject: 'Grüße, Аня 🎶',
  text: 'Press here:\nhttps://jamz.example/verify#token=a=b&c',
  html: '<p>Press <a href="https://jamz.example/verify#token=a=b&amp;c">здесь</a></p>',
};
