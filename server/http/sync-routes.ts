import * as v from 'valibot';
import { decodeSyncRequest } from '../../sdk/protocol/decode.ts';
import { limits } from '../../sdk/protocol/limits.ts';
import type { PullAnswer, PullMessage } from '../../sdk/protocol/wire.ts';
import type { Actor } from '../access/actor.ts';
import type { Clock } from '../ports/clock.ts';
import type { Pulls } from '../sync/pull.ts';
import type { createSyncRequests } from '../sync/sync-requests.ts';
import { syncAnswer } from './answers.ts';
import { type Route, route } from './route.ts';

export interface SyncRouteDeps {
  readonly sync: ReturnType<typeof createSyncRequests>;
  readonly pulls: Pick<Pulls, 'chunk'>;
  readonly clock: Clock;
}

/** `POST /v1/sync`: the socket's push and pull in one request, for service workers and networks without sockets. */
export function syncRoutes({ sync, pulls, clock }: SyncRouteDeps): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/sync',
      summary: 'Brings ops and cursors, takes acknowledgements and changes',
      body: syncBody,
      maxBodyBytes: limits.maxMessageBytes,
      answer: syncAnswer,
      async run({ actor, body }) {
        const receivedMs = clock.nowMs();
        const { ok: request, error } = decodeSyncRequest(body);
        if (error) throw error;
        const answer = await sync(actor(), request);
        const whole = await Promise.all(
          answer.pulls.map((pull) =>
            withWholeSnapshot(
              pulls,
              actor(),
              pull,
              request.pull.find(({ scope }) => scope === pull.scope),
            ),
          ),
        );
        return { ...answer, pulls: whole, time: [receivedMs, clock.nowMs()] };
      },
    }),
  ];
}

/** For the description; the protocol's own decoder does the checking. */
const syncBody: v.GenericSchema<unknown, Readonly<Record<string, unknown>>> = v.looseObject({
  version: v.number(),
  replicaId: v.string(),
  push: v.array(v.unknown()),
  pull: v.array(v.unknown()),
});

/** A request has no next message to ask for the rest of a snapshot in, and JSON has no bytes: all of it, in base64. */
async function withWholeSnapshot(
  pulls: Pick<Pulls, 'chunk'>,
  actor: Actor,
  answer: PullAnswer<Uint8Array>,
  { fold }: Pick<PullMessage, 'fold'> = {},
): Promise<object> {
  if (!answer.snapshot) return answer;
  const { scope, chunk, snapshot } = answer;
  const chunks = [chunk];
  for (let offset = chunk.byteLength; offset < snapshot.totalBytes; ) {
    const next = await pulls.chunk(actor, {
      ...{ scope, cursor: snapshot.cursor, offset },
      ...(fold !== undefined && { fold }),
    });
    chunks.push(next);
    offset += next.byteLength;
  }
  return { ...answer, chunk: Buffer.concat(chunks).toString('base64') };
}
