/** Digests and compression, which Node and a browser do differently; the log's use cases run in both. */
export interface Codec {
  /** SHA-256 of the text in UTF-8, lower-case hex. */
  sha256Hex(text: string): string;
  /** Raw deflate (RFC 1951) of the text in UTF-8. */
  deflate(text: string): Promise<Uint8Array>;
  inflate(bytes: Uint8Array): Promise<string>;
}
