import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newVapidKeys } from '../adapters/push/web-push.ts';
import { pushSubject } from './push-config.ts';
import { readConfig } from './read-config.ts';
import { refuses } from './wrong-settings-fixture.ts';

describe('configuration of push messages', () => {
  const { publicKey, privateKey } = newVapidKeys();

  it('needs nothing: keys are made and kept', () => {
    deepEqual(readConfig({}).push, { keys: undefined, subject: undefined, origins: [] });
  });

  it('takes a pair of keys, whom to ask, and push services of one’s own', () => {
    const env = {
      ...{ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey },
      ...{
        VAPID_SUBJECT: 'mailto:ops@jamz.example',
        PUSH_ORIGINS: 'https://a.example, http://b:81',
      },
    };
    deepEqual(readConfig(env).push, {
      keys: { publicKey, privateKey },
      subject: 'mailto:ops@jamz.example',
      origins: ['https://a.example', 'http://b:81'],
    });
  });

  it('finds somebody to ask', () => {
    const { push, mailFrom } = readConfig({});
    equal(pushSubject(push, 'Jamz <ops@jamz.example>', undefined), 'mailto:ops@jamz.example');
    equal(pushSubject(push, mailFrom, 'https://jamz.example'), 'https://jamz.example');
    match(pushSubject(push, mailFrom, undefined), /^mailto:/);
  });

  refuses([
    [{ VAPID_PUBLIC_KEY: publicKey }, /must both be set/],
    [{ VAPID_PUBLIC_KEY: 'x', VAPID_PRIVATE_KEY: privateKey }, /VAPID_PUBLIC_KEY must be 65 bytes/],
    [{ VAPID_SUBJECT: 'ops' }, /VAPID_SUBJECT must be a mailto or https address/],
    [{ PUSH_ORIGINS: 'https://a.example/x' }, /PUSH_ORIGINS must be origins/],
  ]);
});
