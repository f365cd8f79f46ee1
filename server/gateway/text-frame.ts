/**
 * One WebSocket frame of text, unmasked and whole, as a server sends it (RFC 6455, 5.2): header and payload in one
 * buffer, so that each socket that gets it costs one write of one piece.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const extra = length < shortest16 ? 0 : length < shortest64 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + extra + length);
  frame[0] = finalText;
  if (extra === 0) frame[1] = length;
  else if (extra === 2) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    frame.writeUInt32BE(length % 2 ** 32, 6);
  }
  frame.write(text, 2 + extra);
  return frame;
}

const finalText = 0x81;
/** The first lengths that need two and eight bytes of their own. */
const shortest16 = 126;
const shortest64 = 2 ** 16;
