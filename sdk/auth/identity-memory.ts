import type { WireUser } from '../protocol/wire.ts';
import type { KeyValue } from '../store/key-value.ts';
import { isWireUser } from './auth-answer.ts';

/** Who was signed in last, so that a reload in a tunnel still knows. */
export interface RememberedIdentity {
  readonly kind: 'signed-in';
  readonly user: WireUser;
  readonly accessToken: string;
  readonly expiresAtMs: number;
  /** Whether the host's backend vouched for the person: then it is asked again, not the refresh token. */
  readonly host: boolean;
}

/** The person signed out where the server could not hear it: it is told at the next chance. */
export interface OwedSignOut {
  readonly kind: 'owes-sign-out';
}

export interface IdentityMemory {
  /** Undefined also where storage fails or holds something else. */
  read(): Promise<RememberedIdentity | OwedSignOut | undefined>;
  write(record: RememberedIdentity | OwedSignOut): Promise<void>;
  clear(): Promise<void>;
}

/** One record in `storage`. Failed writes are let go: they cost a sign-in, nothing else. */
export function createIdentityMemory(storage: KeyValue, key: string): IdentityMemory {
  return {
    async read() {
      const value = await storage.get<unknown>(key).catch(() => undefined);
      return isRecord(value) ? value : undefined;
    },
    write: (record) => storage.set(key, record).catch(() => undefined),
    clear: () => storage.remove(key).catch(() => undefined),
  };
}

function isRecord(value: unknown): value is RememberedIdentity | OwedSignOut {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'owes-sign-out') return true;
  return (
    value.kind === 'signed-in' &&
    'user' in value &&
    isWireUser(value.user) &&
    'accessToken' in value &&
    typeof value.accessToken === 'string' &&
    'expiresAtMs' in value &&
    typeof value.expiresAtMs === 'number' &&
    'host' in value &&
    typeof value.host === 'boolean'
  );
}
