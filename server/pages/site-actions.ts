import * as v from 'valibot';
import { JamzError } from '../../sdk/protocol/errors.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { Actor } from '../access/actor.ts';
import type { Sites } from '../accounts/sites.ts';
import { originsSchema } from '../http/site-bodies.ts';
import type { Site } from '../ports/store.ts';
import type { Idempotency } from '../sites/idempotency.ts';
import { selfServiceQuotas } from '../sites/quotas.ts';

/** What people do with sites of their own. */
export interface SiteActions {
  /** @throws {JamzError} `not-found` for a site that is not theirs */
  own(actor: Actor, key: string): Promise<Site>;
  /** @returns without a secret where the same form was sent before. @throws {JamzError} `invalid`, `quota-exceeded` */
  add(actor: Actor, form: unknown): Promise<{ readonly key: string; readonly secret?: string }>;
  /** @throws {JamzError} `invalid`, `not-found` */
  change(actor: Actor, key: string, form: unknown): Promise<void>;
  /** As `add`. */
  rotate(actor: Actor, key: string, form: unknown): Promise<string | undefined>;
}

export interface SiteActionsDeps {
  readonly sites: Sites;
  readonly idempotency: Idempotency;
}

/** Before an address is confirmed, and after. */
const maxSites = { unconfirmed: 1, confirmed: 10 } as const;

export function createSiteActions({ sites, idempotency }: SiteActionsDeps): SiteActions {
  async function own(actor: Actor, key: string): Promise<Site> {
    const site = (await sites.ofOwner(actor.userId)).find((one) => one.key === key);
    if (site) return site;
    throw new JamzError('not-found', 'You have no such site');
  }

  /** A form is sent once, however often its page is loaded again: the secret is shown to the first. */
  async function once(
    { siteId, userId }: Actor,
    what: string,
    token: string,
    work: () => Promise<{ key: string; secret: string }>,
  ): Promise<{ readonly key: string; readonly secret?: string }> {
    let secret: string | undefined;
    const request = { key: `${userId}.${token}`, name: what, body: null };
    const { key } = await idempotency.once(siteId, request, async () => {
      const made = await work();
      secret = made.secret;
      return { key: made.key };
    });
    return { key, ...(secret === undefined ? {} : { secret }) };
  }

  return {
    own,

    async add(actor, form) {
      const { once: token, ...wanted } = parsed(newSiteForm, form);
      const most = actor.emailVerified ? maxSites.confirmed : maxSites.unconfirmed;
      return once(actor, 'new', token, async () => {
        if ((await sites.ofOwner(actor.userId)).length >= most) {
          throw new JamzError(
            'quota-exceeded',
            actor.emailVerified
              ? `You have ${most} sites, which is all that you can register here`
              : 'Confirm your address by the mail we sent you: then you can have another site',
          );
        }
        const owned = { ...wanted, ownerId: actor.userId, quotas: selfServiceQuotas };
        const { site, secret } = await sites.add(owned, actor.userId);
        return { key: site.key, secret };
      });
    },

    async change(actor, key, form) {
      const edits = parsed(siteForm, form);
      await sites.change((await own(actor, key)).key, edits, actor.userId);
    },

    async rotate(actor, key, form) {
      const { once: token, when } = parsed(rotateForm, form);
      const site = await own(actor, key);
      const how = { by: actor.userId, ...(when === 'now' && { overlapMs: 0 }) };
      const { secret } = await once(actor, `rotate ${key}`, token, async () => {
        return { key, secret: (await sites.rotate(site.key, how)).secret };
      });
      return secret;
    },
  };
}

const name = v.pipe(
  v.string('Give the site a name'),
  v.trim(),
  v.minLength(1, 'Give the site a name'),
  v.maxLength(limits.maxNameChars, `A name has up to ${limits.maxNameChars} characters`),
);

const originsMessage = 'Give each page’s origin on a line of its own, as https://shop.example';
const origins = v.pipe(
  v.string(originsMessage),
  v.transform((text) => text.split(/[\s,]+/).filter((line) => line !== '')),
  v.check((lines) => v.is(originsSchema, lines), originsMessage),
  v.transform((lines) => [...new Set(v.parse(originsSchema, lines))]),
);

const policy = v.picklist(['open', 'invite', 'signed'], 'Say who comes in');
const token = v.pipe(
  v.string('Load the page again'),
  v.regex(/^[\w-]{10,60}$/, 'Load the page again'),
);

const siteForm = v.object({ name, origins, policy });
const newSiteForm = v.object({ name, origins, policy, once: token });
const rotateForm = v.object({ once: token, when: v.picklist(['day', 'now'], 'Say when') });

/** @throws {JamzError} `invalid`, in the words of the form */
function parsed<T>(schema: v.GenericSchema<unknown, T>, form: unknown): T {
  const result = v.safeParse(schema, form);
  if (result.success) return result.output;
  throw new JamzError('invalid', result.issues[0].message);
}
