import { hkdfSync } from 'node:crypto';
import { openSealed, sealText } from '../accounts/site-secret.ts';
import type { MetaStore } from '../ports/store.ts';

/** Under which browsers subscribe, and with which messages to them are signed (RFC 8292). */
export interface VapidKeys {
  /** Base64url; public. */
  readonly publicKey: string;
  /** Base64url; a secret. */
  readonly privateKey: string;
}

/**
 * The keys of this installation: those given, or a pair that is made at the first start and kept with the data, the
 * private one sealed under AUTH_SECRET. Several processes that start together end up with the same. Browsers that
 * subscribed under other keys are not reached any more: they subscribe anew when their page is open next.
 */
export async function vapidKeysOf(
  meta: MetaStore,
  given: VapidKeys | undefined,
  authSecret: string,
  make: () => VapidKeys,
  randomBytes: (count: number) => Uint8Array,
): Promise<VapidKeys> {
  if (given) return given;
  const key = new Uint8Array(hkdfSync('sha256', authSecret, 'trafficjamz', 'push keys', 32));
  // Named after the secret: under another one the old pair cannot be opened, and a new one is made.
  const name = `vapid-keys ${Buffer.from(key).toString('hex').slice(0, 8)}`;
  const made = make();
  const sealed = sealText(made.privateKey, key, randomBytes(12));
  const standing = await meta.putIfAbsent(name, `${made.publicKey} ${sealed}`);
  const [publicKey = '', box = ''] = standing.split(' ');
  const privateKey = openSealed(box, key);
  if (privateKey === undefined) throw new Error('The push keys that are kept are damaged');
  return { publicKey, privateKey };
}
