import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textFrame } from './text-frame.ts';

describe('a text frame', () => {
  const header = (text: string, bytes: number): number[] => [...textFrame(text).subarray(0, bytes)];

  it('has its length in seven bits, in sixteen or in sixty-four', () => {
    deepEqual([...textFrame('hi')], [0x81, 2, 0x68, 0x69]);
    deepEqual(header('x'.repeat(125), 2), [0x81, 125]);
    deepEqual(header('x'.repeat(126), 4), [0x81, 126, 0, 126]);
    deepEqual(header('x'.repeat(65_535), 4), [0x81, 126, 0xff, 0xff]);
    deepEqual(header('x'.repeat(65_536), 10), [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]);
    equal(textFrame('x'.repeat(65_536)).length, 65_546);
  });

  it('counts bytes, not letters', () => {
    const frame = textFrame('Straße');
    equal(frame[1], 7);
    equal(frame.subarray(2).toString(), 'Straße');
  });
});
