import * as v from 'valibot';
import { idSchema } from './id-schema.ts';

/** What answers about trips look like, for the description. */

const point = v.object({
  atMs: v.number(),
  lat: v.number(),
  lng: v.number(),
  accuracyM: v.number(),
  mode: v.picklist(['precise', 'coarse']),
});

export const tripAnswer: v.GenericSchema = v.object({
  title: v.string(),
  fromMs: v.number(),
  untilMs: v.number(),
  travellers: v.array(
    v.object({
      userId: idSchema,
      name: v.string(),
      photoUrl: v.nullable(v.string()),
      points: v.array(point),
    }),
  ),
  unseenCount: v.number(),
  songs: v.array(
    v.object({
      fromMs: v.number(),
      untilMs: v.number(),
      title: v.string(),
      artist: v.nullable(v.string()),
      fileId: v.nullable(idSchema),
    }),
  ),
  messages: v.array(v.object({ atMs: v.number(), userId: idSchema, text: v.string() })),
  likes: v.array(v.object({ atMs: v.number(), userId: idSchema, title: v.string() })),
  everyMs: v.number(),
  gaps: v.array(v.object({ fromMs: v.number(), untilMs: v.number() })),
});

const link = v.object({
  id: idSchema,
  title: v.string(),
  fromMs: v.number(),
  untilMs: v.number(),
  url: v.string(),
  expiresAtMs: v.number(),
  sharedBy: idSchema,
  consents: v.array(v.object({ userId: idSchema, answer: v.picklist(['yes', 'no', 'none yet']) })),
});

export const tripLinkAnswer: v.GenericSchema = link;
export const tripLinksAnswer: v.GenericSchema = v.array(link);
