import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';
import { PacketEncoder } from './packet-encoder.ts';

const packets: Readonly<Record<string, Packet>> = {
  'an event': { type: PacketType.EVENT, nsp: '/', data: ['commits', { scope: 'g:crew', n: [1] }] },
  'an answer': { type: PacketType.ACK, nsp: '/', id: 7, data: [{ ok: { applied: [[1, 2]] } }] },
  'an event elsewhere': { type: PacketType.EVENT, nsp: '/other', data: ['live', null] },
  'a connection': { type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } },
  'a refusal': { type: PacketType.CONNECT_ERROR, nsp: '/', data: { message: 'no' } },
  'an end': { type: PacketType.DISCONNECT, nsp: '/', data: undefined },
};

function decode(parts: ReturnType<Encoder['encode']>): Packet | undefined {
  const decoder = new Decoder();
  let decoded: Packet | undefined;
  decoder.on('decoded', (packet) => {
    decoded = packet;
  });
  for (const part of parts) decoder.add(part);
  return decoded;
}

describe('packet encoder', () => {
  for (const [what, packet] of Object.entries(packets)) {
    it(`says ${what} exactly as the vendor’s does`, () => {
      const ours = new PacketEncoder().encode({ ...packet });
      const theirs = new Encoder().encode({ ...packet });
      equal(String(ours[0]), String(theirs[0]));
      equal(ours.length, theirs.length);
      deepEqual(decode(ours), decode(theirs));
    });
  }
});
