import { createECDH } from 'node:crypto';
import type { Config } from '../../config/config.ts';
import { pushSubject } from '../../config/push-config.ts';
import type { Check, Finding } from './finding.ts';

/** What push messages are signed with, and whom their services ask. */
export const checkPush: Check = async (config) => [pushFinding(config)];

export function pushFinding(config: Pick<Config, 'push' | 'mailFrom' | 'publicUrl'>): Finding {
  const { push, mailFrom, publicUrl } = config;
  const check = 'Push';
  if (push.keys && !isPair(push.keys)) {
    const message =
      'VAPID_PUBLIC_KEY is not the one of VAPID_PRIVATE_KEY: "push keys" makes a pair';
    return { check, result: 'failed', message };
  }
  const whose = push.keys ? 'the keys that are set' : 'keys that are kept with the data';
  const subject = pushSubject(push, mailFrom, publicUrl);
  if (!subject.endsWith('@example.com')) {
    return { check, result: 'ok', message: `messages go out under ${whose}, from ${subject}` };
  }
  const message = `messages go out under ${whose}, from nobody: set VAPID_SUBJECT or MAIL_FROM, or Apple takes none`;
  return { check, result: 'note', message };
}

function isPair(keys: { readonly publicKey: string; readonly privateKey: string }): boolean {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(keys.privateKey, 'base64url'));
  return curve.getPublicKey().equals(Buffer.from(keys.publicKey, 'base64url'));
}
