import { Encoder, type Packet, PacketType } from 'socket.io-parser';

/**
 * Socket.IO's encoder (protocol 5), without its search of every value for bytes: a batch of 500 ops has ten thousand
 * values, and only the chunks of snapshots are bytes. Where those may be is known, and the vendor's encoder takes over.
 */
export class PacketEncoder extends Encoder {
  override encode(packet: Packet): ReturnType<Encoder['encode']> {
    const told = packet.type === PacketType.EVENT || packet.type === PacketType.ACK;
    if (!told || !Array.isArray(packet.data) || packet.data.some(mayHoldBytes)) {
      return super.encode(packet);
    }
    const namespace = packet.nsp === '/' ? '' : `${packet.nsp},`;
    const id = packet.id ?? '';
    return [`${packet.type}${namespace}${id}${JSON.stringify(packet.data)}`];
  }
}

/** An answer that is a chunk, holds one, or holds pulls that do. */
function mayHoldBytes(value: unknown): boolean {
  if (!isRecord(value) || !('ok' in value)) return false;
  const answer = value['ok'];
  if (isBytes(answer)) return true;
  if (!isRecord(answer)) return false;
  return 'chunk' in answer || ('pulls' in answer && Array.isArray(answer['pulls']));
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
