/**
 * Opens raw deflate (RFC 1951) and reads it as JSON, with what the platform has.
 *
 * @throws whatever the platform throws on bytes that are not deflated JSON
 */
export async function inflateJson(parts: readonly Uint8Array[]): Promise<unknown> {
  const source = new Blob([...parts] as BlobPart[]).stream();
  const text = await new Response(
    source.pipeThrough(new DecompressionStream('deflate-raw')),
  ).text();
  return JSON.parse(text);
}
