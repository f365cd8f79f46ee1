import { createHash, createHmac } from 'node:crypto';

/** Codes of links to trips. */
export interface TripCodes {
  /** The code of a trip: 192 bits, as 32 letters. The same each time, so that it need not be kept to be shown again. */
  codeOf(tripId: string): string;
  /** What the store has of a code. */
  hashOf(code: string): string;
}

const codeBytes = 24;

/** @param key of this installation: who has the store alone comes by no code */
export function createTripCodes(key: Uint8Array): TripCodes {
  return {
    codeOf: (tripId) =>
      createHmac('sha256', key)
        .update(tripId)
        .digest()
        .subarray(0, codeBytes)
        .toString('base64url'),
    hashOf: (code) => createHash('sha256').update(code).digest('hex'),
  };
}
