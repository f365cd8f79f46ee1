import * as v from 'valibot';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Deletion } from '../accounts/erase-own.ts';
import { idSchema } from './id-schema.ts';

/** How the refresh token travels: a browser keeps it in a cookie, everybody else in memory. */
export type Via = 'cookie' | 'body';

/** What every body under `/v1/auth` names. */
export interface ClientBody {
  readonly site: string;
  /** Becomes part of the cookie's name. */
  readonly namespace?: string;
  readonly via: Via;
}

export interface GuestBody extends ClientBody {
  readonly name: string;
  readonly inviteCode?: string;
}

export interface SignUpBody extends ClientBody {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface SignInBody extends ClientBody {
  readonly email: string;
  readonly password: string;
  /** Of a second factor: of the app, or one for recovery. */
  readonly code?: string;
}

export interface HostBody extends ClientBody {
  readonly token: string;
}

export interface RefreshBody extends ClientBody {
  readonly refreshToken?: string;
}

export interface UpgradeBody {
  readonly email: string;
  readonly password: string;
  readonly name?: string;
}

export interface InvitationBody {
  readonly expiresAtMs?: number;
  readonly uses?: number;
}

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.maxNameChars));
const token = v.pipe(v.string(), v.minLength(1), v.maxLength(4_000));
const code = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'must be an invitation code'));
const email = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());
/** NIST SP 800-63B: length is what counts, and a long passphrase must pass. */
const newPassword = v.pipe(v.string(), v.minLength(8), v.maxLength(256));
/** No lower bound: a rule that changes later must not lock anybody out. */
const password = v.pipe(v.string(), v.maxLength(256));

/** Six digits of an app, or letters and digits for recovery; spaces and hyphens as people write them. */
const factorCode = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9 -]{6,40}$/));

const siteKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a site key'));

const client = {
  site: siteKey,
  namespace: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,32}$/))),
  via: v.exactOptional(v.picklist(['cookie', 'body']), 'cookie'),
};

export const guestBody: v.GenericSchema<unknown, GuestBody> = v.object({
  ...client,
  name,
  inviteCode: v.exactOptional(code),
});

export const signUpBody: v.GenericSchema<unknown, SignUpBody> = v.object({
  ...client,
  name,
  email,
  password: newPassword,
});

export const signInBody: v.GenericSchema<unknown, SignInBody> = v.object({
  ...client,
  email,
  password,
  code: v.exactOptional(factorCode),
});

export const hostBody: v.GenericSchema<unknown, HostBody> = v.object({ ...client, token });

export const refreshBody: v.GenericSchema<unknown, RefreshBody> = v.object({
  ...client,
  refreshToken: v.exactOptional(token),
});

export const createGroupBody: v.GenericSchema<unknown, { readonly name: string }> = v.object({
  name,
});

export const joinGroupBody: v.GenericSchema<unknown, { readonly code: string }> = v.object({
  code,
});

export const openGroupBody: v.GenericSchema<unknown, { readonly place: string }> = v.object({
  place: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
});

export const invitationBody: v.GenericSchema<unknown, InvitationBody> = v.object({
  expiresAtMs: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e14))),
  uses: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000))),
});

export const requestResetBody: v.GenericSchema<
  unknown,
  { readonly site: string; readonly email: string }
> = v.object({ site: siteKey, email });

/** What stands behind `#token=` in the link of a mail. */
const linkToken = v.pipe(v.string(), v.trim(), v.regex(/^[A-Za-z0-9_-]{20,100}$/));

export const verifyBody: v.GenericSchema<unknown, { readonly token: string }> = v.object({
  token: linkToken,
});

export const resetBody: v.GenericSchema<
  unknown,
  { readonly token: string; readonly password: string }
> = v.object({ token: linkToken, password: newPassword });

export const changePasswordBody: v.GenericSchema<
  unknown,
  { readonly password: string; readonly newPassword: string }
> = v.object({ password, newPassword });

export const changeEmailBody: v.GenericSchema<
  unknown,
  { readonly password: string; readonly email: string }
> = v.object({ password, email });

export const passwordBody: v.GenericSchema<unknown, { readonly password: string }> = v.object({
  password,
});

export const factorCodeBody: v.GenericSchema<unknown, { readonly code: string }> = v.object({
  code: factorCode,
});

export const endFactorBody: v.GenericSchema<
  unknown,
  { readonly password: string; readonly code: string }
> = v.object({ password, code: factorCode });

export const upgradeBody: v.GenericSchema<unknown, UpgradeBody> = v.object({
  email,
  password: newPassword,
  name: v.exactOptional(name),
});

export const reportBody: v.GenericSchema<
  unknown,
  { readonly memberId: string; readonly reason: string }
> = v.object({
  memberId: idSchema,
  reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000)),
});

/** Strict: a misspelt wish is no wish, and what was deleted does not come back. */
export const eraseBody: v.GenericSchema<unknown, Deletion> = v.strictObject({
  password: v.exactOptional(password),
  alsoFiles: v.exactOptional(v.boolean()),
});
