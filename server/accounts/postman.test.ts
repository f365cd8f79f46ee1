import { deepEqual, equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { JamzError } from '../../sdk/protocol/errors.ts';
import type { Mail } from '../ports/mail.ts';
import { createPostman, mailFailure } from './postman.ts';

const mail: Mail = { to: 'ana@x.example', subject: 'S', text: 'T', html: '<p>T</p>' };
const down = (): never => {
  throw new JamzError('unavailable', 'The mail server is down');
};

function atWork(send: (mail: Mail) => void = () => {}) {
  const sent: Mail[] = [];
  const failed: unknown[] = [];
  const timers: { delayMs: number; run: () => void }[] = [];
  const postman = createPostman({
    mailer: {
      async send(one) {
        send(one);
        sent.push(one);
      },
      async check() {},
      async close() {},
    },
    timers: {
      after(delayMs, run) {
        const timer = { delayMs, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    onFailed: (error) => failed.push(error),
  });
  const pass = async (): Promise<number | undefined> => {
    const timer = timers.shift();
    timer?.run();
    await postman.settled();
    return timer?.delayMs;
  };
  return { postman, sent, failed, timers, pass };
}

describe('the postman', () => {
  it('sends what is composed, and nothing where there is nothing to say', async () => {
    const { postman, sent } = atWork();
    postman.post(async () => mail);
    postman.post(async () => undefined);
    await postman.settled();
    deepEqual(sent, [mail]);
  });

  it('[ID3] answers before anything is composed', async () => {
    const { postman } = atWork();
    let composed = false;
    postman.post(async () => {
      await undefined;
      composed = true;
      return mail;
    });
    equal(composed, false);
    await postman.settled();
    equal(composed, true);
  });

  it('tries again after pauses that grow, with the mail that was made once', async () => {
    let composed = 0;
    let isDown = true;
    const { postman, sent, failed, pass } = atWork(() => isDown && down());
    postman.post(async () => {
      composed += 1;
      return mail;
    });
    await postman.settled();
    deepEqual([await pass(), await pass()], [2_000, 10_000]);
    isDown = false;
    equal(await pass(), 60_000);
    deepEqual([sent.length, composed, failed.length], [1, 1, 0]);
  });

  it('gives up after four more tries, and says so once', async () => {
    const { postman, failed, timers, pass } = atWork(down);
    postman.post(async () => mail);
    await postman.settled();
    for (let tries = 0; tries < 4; tries++) await pass();
    deepEqual([failed.length, timers.length], [1, 0]);
  });

  it('does not repeat what will never work', async () => {
    const { postman, failed, timers } = atWork(() => {
      throw new JamzError('invalid', 'no address');
    });
    postman.post(async () => mail);
    await postman.settled();
    deepEqual([failed.length, timers.length], [1, 0]);
  });

  it('lets one that fails keep no other waiting', async () => {
    const { postman, sent } = atWork(({ to }) => to === 'bad@x.example' && down());
    for (let mails = 0; mails < 10; mails++) {
      postman.post(async () => ({ ...mail, to: mails < 5 ? 'bad@x.example' : mail.to }));
    }
    await postman.settled();
    equal(sent.length, 5);
  });

  it('takes no more than it can hold', async () => {
    const { postman } = atWork();
    const never = new Promise<Mail>(() => {});
    for (let mails = 0; mails < 1_004; mails++) postman.post(() => never);
    throws(() => postman.post(() => never), { code: 'unavailable' });
  });

  it('names the kind of a failure, and nobody’s address', () => {
    const cause = Object.assign(new Error('550 no mailbox ana@x.example'), { code: 'EENVELOPE' });
    const error = new JamzError('unavailable', 'The mail server did not take the mail', { cause });
    equal(mailFailure(error), 'The mail server did not take the mail (EENVELOPE)');
  });

  it('drops what waits for another try when it is closed, and takes nothing more', async () => {
    const { postman, timers } = atWork(down);
    postman.post(async () => mail);
    await postman.settled();
    equal(timers.length, 1);
    await postman.close();
    equal(timers.length, 0);
    throws(() => postman.post(async () => mail), { code: 'unavailable' });
  });
});
