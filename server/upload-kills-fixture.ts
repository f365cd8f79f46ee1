import { randomBytes } from 'node:crypto';
import { tusSender } from '../sdk/files/tus-sender.ts';
import { waveHeader } from './upload-fixture.ts';

/** What a sender put on the wire, request by request. */
export interface SentPieces {
  /** Bytes of all bodies, whether they arrived or not. */
  offeredBytes: number;
  /** For each interruption: how far its request would have come, and where the next one began. */
  readonly interruptions: { readonly from: number; readonly to: number; resumedAt?: number }[];
}

export interface InterruptedUpload {
  readonly base: string;
  readonly token: string;
  readonly groupId: string;
  readonly file: Blob;
  /** Each is done in the middle of a request; the upload goes on when it resolves. */
  readonly interruptions: readonly (() => Promise<void>)[];
}

/** Uploads a file with the SDK's own sender, through that many interruptions spread over it. */
export async function sendThrough(
  upload: InterruptedUpload,
): Promise<SentPieces & { readonly uploadId: string }> {
  const { base, token, groupId, file, interruptions } = upload;
  const sent: SentPieces = { offeredBytes: 0, interruptions: [] };
  const due = [...interruptions];
  let trouble: Promise<void> | undefined;
  const everyBytes = file.size / (interruptions.length + 1);

  const counting: typeof fetch = async (input, init) => {
    if (init?.method !== 'PATCH' || !(init.body instanceof Blob)) return fetch(input, init);
    const from = Number(new Headers(init.headers).get('upload-offset'));
    const to = from + init.body.size;
    const last = sent.interruptions.at(-1);
    if (last && last.resumedAt === undefined) last.resumedAt = from;
    sent.offeredBytes += init.body.size;
    const next = sent.interruptions.length;
    if (to < everyBytes * (next + 1) || due.length === 0) return fetch(input, init);
    const interrupt = due.shift();
    sent.interruptions.push({ from, to });
    const body = brokenInTheMiddle(init.body, () => {
      trouble = interrupt?.();
      return trouble ?? Promise.resolve();
    });
    return fetch(input, { ...init, body, duplex: 'half' } as RequestInit);
  };

  const kept = new Map<string, unknown>();
  const sender = tusSender(
    {
      server: base,
      fetch: counting,
      token: async () => token,
      monotonicMs: () => performance.now(),
      storage: {
        get: async <T>(key: string) => kept.get(key) as T | undefined,
        set: async (key, value) => void kept.set(key, value),
        remove: async (key) => void kept.delete(key),
        keys: async () => [...kept.keys()],
        clear: async () => kept.clear(),
      },
    },
    { file, groupId, name: 'long.wav', memory: 'upload' },
  );
  const patience = 4 * interruptions.length;
  for (let attempt = 0; ; attempt++) {
    try {
      const uploadId = await sender.attempt(new AbortController().signal, () => {});
      return { ...sent, uploadId };
    } catch (error) {
      if (attempt === patience) throw error;
      await trouble;
    }
  }
}

/** Half of the body, then the interruption, then the rest, which nobody may be there to take. */
function brokenInTheMiddle(body: Blob, interrupt: () => Promise<void>): ReadableStream<Uint8Array> {
  const stepBytes = 65_536;
  let at = 0;
  let isOver = false;
  return new ReadableStream({
    async pull(controller) {
      if (!isOver && at >= body.size / 2) {
        isOver = true;
        await interrupt();
      }
      const step = body.slice(at, at + stepBytes);
      at += step.size;
      if (step.size > 0) controller.enqueue(new Uint8Array(await step.arrayBuffer()));
      if (at >= body.size) controller.close();
    },
  });
}

/** Noise as a WAV file of exactly so many bytes: 44.1 kHz, 16 bits, one channel. */
export function noiseWave(bytes: number): Blob {
  const samples = randomBytes(bytes - 44);
  return new Blob([waveHeader(samples.length, 44_100), samples]);
}
