import * as v from 'valibot';
import { errorCodes } from '../../sdk/protocol/errors.ts';
import { idSchema } from './id-schema.ts';

/** What the answers look like, for the description; tests hold the real answers against it. */

const user = v.object({
  id: idSchema,
  name: v.string(),
  guest: v.boolean(),
  email: v.exactOptional(v.string()),
  emailVerified: v.exactOptional(v.boolean()),
});

const group = v.object({
  id: idSchema,
  name: v.string(),
  role: v.picklist(['owner', 'moderator', 'member']),
  memberCount: v.number(),
  photoFileId: v.exactOptional(v.nullable(idSchema)),
});

const cursor = v.tuple([v.number(), v.number(), v.string()]);
const refusal = v.tuple([v.number(), v.picklist(errorCodes), v.string()]);

export const groupAnswer: v.GenericSchema = group;
export const groupsAnswer: v.GenericSchema = v.array(group);

export const signedInAnswer: v.GenericSchema = v.object({
  accessToken: v.string(),
  expiresInMs: v.number(),
  refreshToken: v.exactOptional(v.string()),
  user,
  groups: v.array(group),
});

export const drainAnswer: v.GenericSchema = v.object({
  drainToken: v.string(),
  expiresInMs: v.number(),
});

export const meAnswer: v.GenericSchema = v.object({ user, groups: v.array(group) });

export const userAnswer: v.GenericSchema = user;

export const devicesAnswer: v.GenericSchema = v.array(
  v.object({
    id: v.string(),
    name: v.string(),
    createdAtMs: v.number(),
    lastUsedAtMs: v.number(),
    current: v.boolean(),
  }),
);

export const secondFactorAnswer: v.GenericSchema = v.object({
  on: v.boolean(),
  recoveryCodesLeft: v.number(),
});

export const secondFactorOfferAnswer: v.GenericSchema = v.object({
  secret: v.string(),
  uri: v.string(),
});

export const recoveryCodesAnswer: v.GenericSchema = v.object({
  recoveryCodes: v.array(v.string()),
});

export const reportFiledAnswer: v.GenericSchema = v.object({ reportId: idSchema });

export const reportsAnswer: v.GenericSchema = v.array(
  v.object({
    reportId: idSchema,
    siteId: v.string(),
    groupId: idSchema,
    memberId: idSchema,
    reporterId: idSchema,
    reason: v.string(),
    atMs: v.number(),
  }),
);

export const siteAnswer: v.GenericSchema = v.object({
  key: v.string(),
  name: v.string(),
  policy: v.picklist(['open', 'invite', 'signed']),
});

export const invitationAnswer: v.GenericSchema = v.object({ code: v.string(), url: v.string() });

export const invitedToAnswer: v.GenericSchema = v.object({
  groupName: v.string(),
  site: v.string(),
});

export const messagesAnswer: v.GenericSchema = v.object({
  messages: v.array(
    v.object({
      messageId: idSchema,
      authorId: idSchema,
      text: v.string(),
      sentAtMs: v.number(),
      editedAtMs: v.nullable(v.number()),
    }),
  ),
  more: v.boolean(),
});

export const healthAnswer: v.GenericSchema = v.object({ status: v.literal('ok') });
export const readyAnswer: v.GenericSchema = v.object({
  status: v.literal('ok'),
  bus: v.picklist(['ok', 'away']),
});

export const syncAnswer: v.GenericSchema = v.object({
  time: v.tuple([v.number(), v.number()]),
  answers: v.array(
    v.looseObject({
      scope: v.string(),
      batch: v.number(),
      applied: v.array(v.tuple([v.number(), v.number()])),
      refused: v.array(refusal),
      retry: v.array(refusal),
      commits: v.array(v.looseObject({ seq: v.number() })),
      head: cursor,
    }),
  ),
  pulls: v.array(v.looseObject({ scope: v.string(), head: cursor, commits: v.array(v.unknown()) })),
  ended: v.array(v.object({ scope: v.string(), code: v.string(), message: v.string() })),
  errors: v.array(
    v.looseObject({ scope: v.string(), code: v.picklist(errorCodes), message: v.string() }),
  ),
});

export const problemAnswer: v.GenericSchema = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(errorCodes),
  detail: v.string(),
  retryAfterMs: v.exactOptional(v.number()),
});

export const exportAnswer: v.GenericSchema = v.object({
  exportedAt: v.string(),
  records: v.array(v.looseObject({ kind: v.string() })),
});
