import { JamzError } from '../protocol/errors.ts';

/** What only the keys of this device open: AES-GCM over JSON. Plain data, so that IndexedDB takes it as it is. */
export interface SealedBox {
  readonly keyId: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

/** The keys of one person's store. The newest one seals; those before it still open what they sealed. */
export interface Keyring {
  readonly keyId: string;
  /** @param about what is inside; only who says the same opens it, so that boxes cannot change places unnoticed */
  seal(value: unknown, about: string): Promise<SealedBox>;
  /** @throws {Unreadable} for a box that is damaged, or whose key is not there */
  open(box: SealedBox, about: string): Promise<unknown>;
}

/** It stays where it is: a key that comes back opens it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Where no key can be kept, nothing personal is. */
export const noKeyMessage =
  'This page cannot encrypt what it keeps: what waits is lost when this page closes. Open it over https, in a current browser and outside a private window.';

const algorithm = 'AES-GCM';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function keyring(
  keys: ReadonlyMap<string, CryptoKey>,
  keyId: string,
  crypto: Crypto,
): Keyring {
  const newest = keys.get(keyId);
  if (!newest) throw new JamzError('internal', 'A keyring needs the key that it seals with.');
  const settings = (iv: BufferSource, about: string): AesGcmParams => ({
    name: algorithm,
    iv,
    additionalData: encoder.encode(about),
  });
  return {
    keyId,
    async seal(value, about) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = encoder.encode(JSON.stringify(value));
      return { keyId, iv, bytes: await crypto.subtle.encrypt(settings(iv, about), newest, plain) };
    },
    async open(box, about) {
      const key = keys.get(box.keyId);
      if (!key) throw new Unreadable('The key of this box is not there.');
      try {
        const plain = await crypto.subtle.decrypt(settings(box.iv, about), key, box.bytes);
        return JSON.parse(decoder.decode(plain));
      } catch (cause) {
        throw new Unreadable('This box cannot be opened.', { cause });
      }
    },
  };
}

/** Cannot leave the browser: scripts may use it and never read it. */
export function newKey({ subtle }: Crypto): Promise<CryptoKey> {
  return subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);
}
