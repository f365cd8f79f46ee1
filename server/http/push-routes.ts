import * as v from 'valibot';
import { type PushKind, pushKinds } from '../push/push-events.ts';
import { maxMutedGroups, type PushPreferences } from '../push/push-preferences.ts';
import type { NewBrowser, Pushes } from '../push/pushes.ts';
import { idSchema } from './id-schema.ts';
import type { RateLimits } from './rate-limits.ts';
import { type Route, route } from './route.ts';

export interface PushRouteDeps {
  readonly pushes: Pushes;
  readonly rateLimits: RateLimits;
}

/** Which browsers of a person show push messages, of what, and when not. */
export function pushRoutes({ pushes, rateLimits }: PushRouteDeps): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/push',
      summary:
        'The key under which browsers subscribe, yours that do, and what you want to be told',
      answer: pushAnswer,
      run: async ({ actor }) => ({
        publicKey: pushes.publicKey,
        browsers: await pushes.browsersOf(actor()),
        preferences: await pushes.preferencesOf(actor().userId),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/push/browsers',
      summary: 'Takes a browser in; the same one again is the same',
      body: browserBody,
      answer: browserAnswer,
      status: 201,
      async run({ actor, body }) {
        await rateLimits.spend('push', actor().userId);
        return pushes.subscribe(actor(), body);
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/push/browsers/:subscriptionId',
      summary: 'Sends nothing more to one of your browsers',
      async run({ actor, param }) {
        await pushes.unsubscribe(actor(), param('subscriptionId'));
        return undefined;
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/push/preferences',
      summary:
        'Says of what you want to be told, of which groups not, and when not; what is absent stays',
      body: preferencesBody,
      answer: preferencesAnswer,
      run: ({ actor, body }) => pushes.prefer(actor(), body),
    }),
  ];
}

const time = v.pipe(v.string(), v.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));

const quiet = v.nullable(
  v.strictObject({
    from: time,
    to: time,
    zone: v.pipe(v.string(), v.regex(/^[\w+/-]{1,64}$/)),
  }),
);

const preferences = {
  kinds: v.pipe(v.array(v.picklist(pushKinds)), v.maxLength(pushKinds.length)),
  mutedGroups: v.pipe(v.array(idSchema), v.maxLength(maxMutedGroups)),
  quiet,
};

const preferencesBody: v.GenericSchema<unknown, Partial<PushPreferences>> = v.strictObject({
  kinds: v.exactOptional(preferences.kinds),
  mutedGroups: v.exactOptional(preferences.mutedGroups),
  quiet: v.exactOptional(preferences.quiet),
});

const base64url = (bytes: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[\w-]{1,200}={0,2}$/),
    v.check((value) => Buffer.from(value, 'base64url').length === bytes),
  );

const browserBody: v.GenericSchema<unknown, NewBrowser> = v.object({
  endpoint: v.pipe(v.string(), v.maxLength(1_000)),
  keys: v.object({ p256dh: base64url(65), auth: base64url(16) }),
  language: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,35}$/)),
  page: v.pipe(v.string(), v.maxLength(500), v.regex(/^https?:\/\//)),
});

const browserAnswer: v.GenericSchema = v.object({ subscriptionId: v.string() });

const preferencesAnswer: v.GenericSchema<unknown, PushPreferences> = v.object({
  kinds: v.array(v.picklist(pushKinds)) satisfies v.GenericSchema<unknown, PushKind[]>,
  mutedGroups: v.array(idSchema),
  quiet,
});

const pushAnswer: v.GenericSchema = v.object({
  publicKey: v.string(),
  browsers: v.array(v.string()),
  preferences: preferencesAnswer,
});
