import { JamzError } from '../protocol/errors.ts';
import type { UserId } from '../protocol/ids.ts';
import type { PullAnswer, PushAnswer, SyncRequest } from '../protocol/wire.ts';
import { base64Of } from './base64.ts';
import type { LoopbackServer } from './loopback-server.ts';

/** `POST /v1/sync` of a loopback server, in the hands of a test. */
export interface LoopbackFetch {
  readonly fetch: typeof fetch;
  /** No request gets through. */
  down: boolean;
  /** The answer to whoever shows this token. */
  revoked: boolean;
  /** Bodies in the order in which they came. */
  readonly requests: SyncRequest[];
}

export function loopbackFetch(
  server: LoopbackServer,
  userId: UserId,
  nowMs: () => number,
): LoopbackFetch {
  const socket = { userId, send() {} };
  const control: LoopbackFetch = {
    down: false,
    revoked: false,
    requests: [],
    async fetch(_url, init) {
      if (control.down) throw new TypeError('no network');
      if (control.revoked) return json({ code: 'unauthenticated', title: 'Ended' }, 401);
      const request = JSON.parse(String(init?.body)) as SyncRequest;
      control.requests.push(request);
      const answers: PushAnswer[] = [];
      const pulls: PullAnswer[] = [];
      const errors: object[] = [];
      const part = async (scope: string, run: () => Promise<void>): Promise<void> => {
        await run().catch((error: unknown) => {
          if (!(error instanceof JamzError)) throw error;
          errors.push({ scope, code: error.code, message: error.message });
        });
      };
      for (const push of request.push) {
        await part(push.scope, async () => {
          answers.push((await server.handle(socket, 'push', push)) as PushAnswer);
        });
      }
      for (const pull of request.pull) {
        await part(pull.scope, async () => {
          const answer = (await server.handle(socket, 'pull', pull)) as PullAnswer;
          pulls.push(inText(answer));
        });
      }
      return json({ answers, pulls, ended: [], errors, time: [nowMs(), nowMs()] }, 200);
    },
  };
  return control;
}

/** JSON has no bytes. */
function inText(answer: PullAnswer): PullAnswer {
  if (!answer.snapshot || typeof answer.chunk === 'string') return answer;
  return { ...answer, chunk: base64Of(answer.chunk) };
}

function json(body: object, status: number): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}
