import { randomBytes } from 'node:crypto';
import type { Config } from './config/config.ts';
import { pushSubject } from './config/push-config.ts';
import type { PushSender } from './ports/push.ts';
import type { MetaStore } from './ports/store.ts';
import { vapidKeysOf } from './push/open-vapid.ts';

/** What sends push messages, under the keys that the configuration gives, or those kept with the data. */
export async function openPushSender(
  { push, mailFrom, publicUrl }: Config,
  meta: MetaStore,
  authSecret: string,
): Promise<PushSender> {
  const { newVapidKeys, webPushSender } = await import('./adapters/push/web-push.ts');
  const keys = await vapidKeysOf(meta, push.keys, authSecret, newVapidKeys, randomBytes);
  const subject = pushSubject(push, mailFrom, publicUrl);
  return webPushSender({ ...keys, subject, allowed: push.origins });
}
