import * as v from 'valibot';
import { limits } from '../../sdk/protocol/limits.ts';
import { parseOrigin } from '../accounts/origin.ts';
import type { NewSite, SiteEdits } from '../accounts/sites.ts';
import { webhookTypes } from '../ports/sites-store.ts';
import type { SiteQuotas } from '../ports/store.ts';
import type { GroupEdits } from '../sites/site-groups.ts';
import type { NewTrack } from '../sites/site-tracks.ts';
import type { WebhookEdits } from '../sites/webhook-settings.ts';
import { idSchema } from './id-schema.ts';

/** What a site's backend and an operator send. Strict: a misspelt wish is no wish. */

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.maxNameChars));
const role = v.picklist(['owner', 'moderator', 'member']);
const policy = v.picklist(['open', 'invite', 'signed']);
/** An id of this server, or `external:` and the site's own. */
const person = v.pipe(v.string(), v.minLength(1), v.maxLength(210));
const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(limits.maxTitleChars));

const origin = v.pipe(
  v.string(),
  v.check((typed) => parseOrigin(typed) !== undefined, 'must be an origin'),
  v.transform((typed) => parseOrigin(typed) ?? typed),
);
export const originsSchema: v.GenericSchema<unknown, string[]> = v.pipe(
  v.array(origin),
  v.minLength(1),
  v.maxLength(50),
);

const groupPolicies = v.strictObject({
  join: v.exactOptional(v.picklist(['open', 'invited'])),
  add: v.exactOptional(v.picklist(['everyone', 'owners'])),
  control: v.exactOptional(v.picklist(['everyone', 'owners', 'chosen'])),
});

export interface NewGroupBody extends GroupEdits {
  readonly name: string;
  /** Who owns it, and their name where they are new here. */
  readonly owner: { readonly person: string; readonly name?: string };
}

export const newGroupBody: v.GenericSchema<unknown, NewGroupBody> = v.strictObject({
  name,
  owner: v.strictObject({ person, name: v.exactOptional(name) }),
  policies: v.exactOptional(groupPolicies),
});

export const groupEditsBody: v.GenericSchema<unknown, GroupEdits> = v.pipe(
  v.strictObject({ name: v.exactOptional(name), policies: v.exactOptional(groupPolicies) }),
  v.check((edits) => Object.keys(edits).length > 0, 'must name what changes'),
);

export const memberBody: v.GenericSchema<
  unknown,
  { readonly role: 'owner' | 'moderator' | 'member'; readonly name?: string }
> = v.strictObject({ role: v.exactOptional(role, 'member'), name: v.exactOptional(name) });

const track = v.pipe(
  v.strictObject({
    title: text,
    artist: v.exactOptional(v.pipe(v.string(), v.maxLength(limits.maxTitleChars))),
    durationMs: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(86_400_000))),
    trackId: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    url: v.exactOptional(
      v.pipe(v.string(), v.url(), v.maxLength(limits.maxUrlChars), v.regex(/^https?:/)),
    ),
  }),
  v.check(
    (one) => (one.trackId === undefined) !== (one.url === undefined),
    'must have either a trackId or a url',
  ),
);

export const tracksBody: v.GenericSchema<
  unknown,
  { readonly tracks: readonly NewTrack[]; readonly after?: string | null }
> = v.strictObject({
  tracks: v.pipe(v.array(track), v.minLength(1), v.maxLength(50)),
  after: v.exactOptional(v.nullable(idSchema)),
});

const quota = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e15)));

export const quotasSchema: v.GenericSchema<unknown, Partial<SiteQuotas>> = v.strictObject({
  groups: quota,
  members: quota,
  opsPerDay: quota,
  storageBytes: quota,
  sockets: quota,
});

const edits = {
  name: v.exactOptional(name),
  policy: v.exactOptional(policy),
  origins: v.exactOptional(originsSchema),
};

const isSomething = v.check(
  (given: object) => Object.keys(given).length > 0,
  'must name what changes',
);

export const siteEditsBody: v.GenericSchema<unknown, SiteEdits> = v.pipe(
  v.strictObject(edits),
  isSomething,
);

export const operatorEditsBody: v.GenericSchema<unknown, SiteEdits> = v.pipe(
  v.strictObject({ ...edits, quotas: v.exactOptional(quotasSchema) }),
  isSomething,
);

export const newSiteBody: v.GenericSchema<unknown, Omit<NewSite, 'ownerId'>> = v.strictObject({
  name,
  policy: v.exactOptional(policy, 'invite'),
  origins: originsSchema,
  key: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{3,64}$/))),
  quotas: v.exactOptional(quotasSchema),
});

export const rotateBody: v.GenericSchema<unknown, { readonly overlapMs?: number }> = v.strictObject(
  {
    overlapMs: v.exactOptional(
      v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(30 * 86_400_000)),
    ),
  },
);

const address = v.exactOptional(
  v.nullable(v.pipe(v.string(), v.maxLength(limits.maxUrlChars))),
  null,
);

export const webhooksBody: v.GenericSchema<unknown, WebhookEdits> = v.strictObject({
  url: address,
  types: v.exactOptional(v.array(v.picklist(webhookTypes)), [...webhookTypes]),
  resolveTrackUrl: address,
});

export const nothingBody: v.GenericSchema<unknown, Record<never, never>> = v.strictObject({});
