/**
 * Reads a snapshot's bytes as JSON: raw deflate (RFC 1951) opened with what the platform has, or plain.
 *
 * @throws whatever the platform throws on bytes that are neither
 */
export async function readJson(
  parts: readonly Uint8Array[],
  encoding: 'json' | undefined,
): Promise<unknown> {
  const decoder = new TextDecoder();
  let text = '';
  const take = (bytes: Uint8Array): void => {
    text += decoder.decode(bytes, { stream: true });
  };
  // What Node has of its own takes a third as long as its streams.
  const builtin = globalThis.process?.getBuiltinModule;
  if (encoding === 'json') parts.forEach(take);
  else if (builtin) {
    take(builtin('node:zlib').inflateRawSync(builtin('node:buffer').Buffer.concat(parts)));
  } else await inflate(parts, take);
  return JSON.parse(text + decoder.decode());
}

/** By hand: a `Response` over the stream takes half as long again. */
async function inflate(
  parts: readonly Uint8Array[],
  take: (bytes: Uint8Array) => void,
): Promise<void> {
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  // What fails in writing fails the reading, too.
  const ignored = (): void => {};
  for (const part of parts) writer.write(part as BufferSource).catch(ignored);
  writer.close().catch(ignored);
  const reader = readable.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) take(piece.value);
}
