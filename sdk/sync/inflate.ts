/**
 * Reads a snapshot's bytes as JSON: raw deflate (RFC 1951) opened with what the platform has, or plain.
 *
 * @throws whatever the platform throws on bytes that are neither
 */
export async function readJson(
  parts: readonly Uint8Array[],
  encoding: 'json' | undefined,
): Promise<unknown> {
  const packed = new Blob([...parts] as BlobPart[]);
  if (encoding === 'json') return JSON.parse(new TextDecoder().decode(join(parts)));
  const opened = packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(opened).text());
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
