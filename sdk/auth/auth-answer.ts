import type { WireGroup, WireUser } from '../protocol/wire.ts';

/** What `auth/guest`, `auth/sign-up`, `auth/sign-in`, `auth/host` and `auth/refresh` answer. */
export interface AuthAnswer {
  readonly accessToken: string;
  readonly expiresInMs: number;
  /** Only outside a browser; in one it travels as an HttpOnly cookie. */
  readonly refreshToken?: string;
  readonly user: WireUser;
  readonly groups: readonly WireGroup[];
}

export function isAuthAnswer(json: unknown): json is AuthAnswer {
  return (
    isRecord(json) &&
    typeof json['accessToken'] === 'string' &&
    typeof json['expiresInMs'] === 'number' &&
    isOptionalText(json['refreshToken']) &&
    isWireUser(json['user']) &&
    Array.isArray(json['groups']) &&
    json['groups'].every(isWireGroup)
  );
}

export function isWireUser(json: unknown): json is WireUser {
  return (
    isRecord(json) &&
    typeof json['id'] === 'string' &&
    typeof json['name'] === 'string' &&
    typeof json['guest'] === 'boolean' &&
    isOptionalText(json['email'])
  );
}

export function isWireGroup(json: unknown): json is WireGroup {
  return (
    isRecord(json) &&
    typeof json['id'] === 'string' &&
    typeof json['name'] === 'string' &&
    typeof json['role'] === 'string' &&
    typeof json['memberCount'] === 'number'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isOptionalText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}
