import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { payloadBytes } from './payload-bytes.ts';

const written = (payload: unknown): number =>
  new TextEncoder().encode(JSON.stringify(payload)).length;

describe('the bytes of a payload', () => {
  it('[WR10] are never told too few, whatever letters and figures are in it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const value = fc.oneof(text, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
    const fields = fc.record({ itemId: text, title: text, durationMs: value });
    fc.assert(
      fc.property(fc.array(fields, { maxLength: 9 }), fc.option(text), (items, after) => {
        ok(payloadBytes({ items, after }) >= written({ items, after }));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are exact where they are many', () => {
    const payload = { text: 'ü漢😀'.repeat(400) };
    equal(payloadBytes(payload), written(payload));
  });

  it('of a hundred letters are told without writing them out', () => {
    ok(payloadBytes({ title: 'x'.repeat(100) }) <= 900);
  });
});
