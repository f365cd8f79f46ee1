import { JamzError } from '../../sdk/protocol/errors.ts';
import type { UserId } from '../../sdk/protocol/ids.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Site, Store, UserRecord } from '../ports/store.ts';
import type { Note } from '../safety/audit-trail.ts';
import { secondFactorMail } from './account-mails.ts';
import type { Postman } from './postman.ts';
import type { Proven, WithPassword } from './proven.ts';
import {
  hashOfRecovery,
  newRecoveryCodes,
  readRecord,
  type SecondFactorRecord,
  sealedSecret,
  secretOf,
} from './second-factor-record.ts';
import { base32, stepOf } from './totp.ts';

/** What an authenticator app is told: `uri` as a QR code, or `secret` typed in. */
export interface SecondFactorOffer {
  /** Base 32. */
  readonly secret: string;
  readonly uri: string;
}

/** A code of an authenticator app beside the password (RFC 6238), for who wants one. */
export interface SecondFactors {
  look(actor: Actor): Promise<{ readonly on: boolean; readonly recoveryCodesLeft: number }>;
  /** Makes a secret; nothing is asked for before {@link confirm}. @throws {JamzError} as `Proven`, `invalid` where it is on */
  begin(actor: Actor, password: string): Promise<SecondFactorOffer>;
  /**
   * Turns it on with a first code.
   *
   * @returns ten codes that work once each where the app is lost; they are shown this once
   * @throws {JamzError} `invalid` for a wrong code, `gone` where nothing was begun in the last ten minutes
   */
  confirm(actor: Actor, code: string): Promise<{ readonly recoveryCodes: readonly string[] }>;
  /** Turns it off, with both; quiet where it is off. @throws {JamzError} as `Proven`, and `invalid` for a wrong code */
  end(actor: Actor, asked: { readonly password: string; readonly code: string }): Promise<void>;
  /** Turns it off for who has lost app and codes: for the people of their site. */
  endFor(user: UserRecord, by: UserId): Promise<void>;
  /**
   * Lets in who has no second factor, or a code of it, which is spent.
   *
   * @throws {JamzError} `forbidden` where a code is asked for and none came, `unauthenticated` where it is wrong
   */
  pass(user: UserRecord, code: string | undefined): Promise<void>;
}

export interface SecondFactorsDeps {
  readonly store: Pick<Store, 'settings' | 'users' | 'sites'>;
  readonly clock: Clock;
  /** Seals the secrets of authenticators. */
  readonly key: Uint8Array;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly proven: Proven;
  readonly postman: Postman;
  readonly note: Note;
}

const kind = 'second-factor';
const begunLivesMs = 600_000;

export function createSecondFactors(deps: SecondFactorsDeps): SecondFactors {
  const { store, clock, key, randomBytes, proven, postman, note } = deps;
  const { settings } = store;

  async function recordOf(
    userId: UserId,
  ): Promise<{ readonly text: string; readonly record: SecondFactorRecord } | undefined> {
    const text = await settings.get(`u:${userId}`, kind);
    return text === undefined ? undefined : { text, record: readRecord(text) };
  }

  /**
   * Takes a code once: of two requests that come with the same one is second.
   *
   * @param change what it makes of the record; undefined where it is not what it was taken for any more
   * @returns the record as it is now
   */
  async function spend(
    userId: UserId,
    code: string,
    change: (record: SecondFactorRecord) => SecondFactorRecord | undefined = (record) => record,
  ): Promise<SecondFactorRecord | undefined> {
    const kept = await recordOf(userId);
    if (!kept) return undefined;
    const { record, text } = kept;
    const secret = secretOf(record, key);
    const digits = code.replaceAll(/\s/g, '');
    const step = secret && stepOf(digits, secret, clock.nowMs(), record.lastStep);
    const hash = hashOfRecovery(code);
    const isRecovery = step === undefined && record.recovery.includes(hash);
    if (step === undefined && !isRecovery) return undefined;
    const spent = change({
      ...record,
      lastStep: step ?? record.lastStep,
      recovery: record.recovery.filter((one) => one !== hash),
    });
    if (!spent) return undefined;
    const isFirst = await settings.replace(`u:${userId}`, kind, text, JSON.stringify(spent));
    if (isFirst && isRecovery) note('recovery-code-used', await aboutOf(userId));
    return isFirst ? spent : undefined;
  }

  /** In the place of one that was begun before, never of one that is on: another process may be turning it on. */
  async function replaceBegun(userId: UserId, begun: SecondFactorRecord): Promise<void> {
    const value = JSON.stringify(begun);
    for (;;) {
      const kept = await recordOf(userId);
      if (kept?.record.state === 'on') {
        throw new JamzError('invalid', 'A second factor is on already: turn it off first');
      }
      if (await settings.replace(`u:${userId}`, kind, kept?.text, value)) return;
    }
  }

  async function aboutOf(userId: UserId): Promise<{ siteId: string; actorId: UserId }> {
    const user = await store.users.byId(userId);
    return { siteId: user?.siteId ?? '', actorId: userId };
  }

  async function tell(user: UserRecord, isOn: boolean): Promise<void> {
    const { email } = user;
    const site: Site | undefined = await store.sites.byId(user.siteId);
    if (email === null || !site) return;
    postman.post(async () => secondFactorMail({ email, siteName: site.name }, isOn));
  }

  async function drop(user: UserRecord, actorId: UserId): Promise<void> {
    await settings.drop(`u:${user.userId}`, kind);
    note('second-factor-off', { siteId: user.siteId, actorId, subjectId: user.userId });
    await tell(user, false);
  }

  return {
    async look({ userId }) {
      const record = (await recordOf(userId))?.record;
      const on = record?.state === 'on';
      return { on, recoveryCodesLeft: on ? record.recovery.length : 0 };
    },

    async begin(actor, password) {
      const user = await proven(actor, password);
      const secret = randomBytes(20);
      const sealed = sealedSecret(secret, key, randomBytes);
      const record: SecondFactorRecord = {
        ...{ sealed, state: 'begun', atMs: clock.nowMs(), lastStep: 0, recovery: [] },
      };
      await replaceBegun(user.userId, record);
      return offerOf(user, (await store.sites.byId(user.siteId))?.name ?? 'TrafficJamz', secret);
    },

    async confirm({ userId }, code) {
      const begun = (await recordOf(userId))?.record;
      const isBegun = begun?.state === 'begun' && clock.nowMs() - begun.atMs < begunLivesMs;
      if (!isBegun) throw new JamzError('gone', 'Nothing was begun in time: ask for a new secret');
      const recoveryCodes = newRecoveryCodes(randomBytes);
      const recovery = recoveryCodes.map(hashOfRecovery);
      const atMs = clock.nowMs();
      const on = await spend(userId, code, (one) =>
        one.state === 'begun' ? { ...one, state: 'on', atMs, recovery } : undefined,
      );
      if (!on) throw wrong('invalid');
      const user = await store.users.byId(userId);
      if (user) {
        note('second-factor-on', { siteId: user.siteId, actorId: userId });
        await tell(user, true);
      }
      return { recoveryCodes };
    },

    async end(actor, { password, code }) {
      const user = await proven(actor, password);
      if ((await recordOf(user.userId))?.record.state !== 'on') return;
      if (!(await spend(user.userId, code))) throw wrong('invalid');
      await drop(user, user.userId);
    },

    endFor: drop,

    async pass({ userId, siteId }, code) {
      if ((await recordOf(userId))?.record.state !== 'on') return;
      if (code === undefined) {
        throw new JamzError('forbidden', 'This account asks for a code of its authenticator app');
      }
      if (await spend(userId, code)) return;
      note('sign-in-failed', { siteId, subjectId: userId });
      throw wrong('unauthenticated');
    },
  };
}

/** As authenticator apps read it: `otpauth://totp/Issuer:account?secret=…&issuer=…`. */
function offerOf({ email }: WithPassword, issuer: string, bytes: Uint8Array): SecondFactorOffer {
  const secret = base32(bytes);
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(email)}`;
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  return { secret, uri: `otpauth://totp/${label}?${query}` };
}

function wrong(code: 'invalid' | 'unauthenticated'): JamzError {
  return new JamzError(code, 'This code is wrong or was used already: wait for the next one');
}
