import type { PullAnswer } from '../../sdk/protocol/wire.ts';

/** Bytes as they travel on a socket whose messages are all text: base64 (RFC 4648). */
export function asBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** A pull's answer with its snapshot's bytes as text. */
export function withTextChunk(answer: PullAnswer<Uint8Array>): PullAnswer<string> {
  if (!answer.snapshot) return answer;
  return { ...answer, chunk: asBase64(answer.chunk) };
}
