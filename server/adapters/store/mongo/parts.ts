import { Binary, ObjectId } from 'mongodb';
import type { Collections, Whole } from './documents.ts';
import type { Gate } from './gate.ts';

/** Bytes that one document could not hold: 16 MiB is the most that the database takes. */
export interface Parts {
  /** Writes the pieces. Nobody finds them before what names them is written. */
  put(scope: string, bytes: Uint8Array): Promise<Whole>;
  /** @returns undefined where they are not all there (any more) */
  get(scope: string, whole: Whole): Promise<Uint8Array | undefined>;
  drop(scope: string, whole: Whole): Promise<void>;
}

export const maxPartBytes: number = 8 * 1024 * 1024;

export function createParts({ parts }: Collections, gate: Gate): Parts {
  return {
    async put(scope, bytes) {
      const whole = new ObjectId();
      const count = Math.ceil(bytes.length / maxPartBytes);
      for (let index = 0; index < count; index++) {
        const piece = bytes.subarray(index * maxPartBytes, (index + 1) * maxPartBytes);
        const _id = `${whole.toHexString()} ${index}`;
        await gate.run((within) =>
          parts.insertOne({ _id, scope, whole, index, bytes: new Binary(piece) }, within),
        );
      }
      return { whole, count };
    },
    async get(scope, { whole, count }) {
      const pieces: Uint8Array[] = [];
      for (let index = 0; index < count; index++) {
        const found = await gate.run((within) => parts.findOne({ scope, whole, index }, within));
        if (!found) return undefined;
        pieces.push(bytesOf(found.bytes));
      }
      return joined(pieces);
    },
    async drop(scope, { whole }) {
      await gate.run((within) => parts.deleteMany({ scope, whole }, within));
    },
  };
}

export function bytesOf(binary: Binary): Uint8Array {
  // A copy: what the driver gives is a view on the whole answer.
  return Uint8Array.from(binary.value());
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
