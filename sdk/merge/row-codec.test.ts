import { deepEqual, equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type Codec,
  entriesOf,
  flag,
  listOf,
  mapOf,
  number,
  oneOf,
  rowOf,
  stamps,
  text,
  textOrNull,
} from './row-codec.ts';
import { mapFrom } from './sorted-map.ts';

interface Stop {
  readonly name: string;
  readonly lat: number;
  readonly note: string | null;
  readonly closed: boolean;
}
const stop = rowOf<Stop>({ name: text, lat: number, note: textOrNull, closed: flag });
const casino: Stop = { name: 'Casino', lat: 43.7, note: null, closed: true };
const row = ['Casino', 43.7, null, 1];

describe('a row', () => {
  it('holds the cells of a record in the order of the codec, whatever the record’s', () => {
    deepEqual(stop.encode({ closed: true, note: null, lat: 43.7, name: 'Casino' }), row);
    deepEqual(stop.decode(row), casino);
  });

  it('refuses cells that are not what they should be', () => {
    const names: Codec<string> = oneOf(['open', 'invited']);
    for (const read of [
      () => text.decode(1),
      () => number.decode('1'),
      () => textOrNull.decode(undefined),
      () => flag.decode(true),
      () => names.decode('closed'),
      () => listOf(text).decode('a'),
      () => stamps.decode([['name', 1]]),
      () => stop.decode(['Casino', 43.7, null]),
      () => stop.decode(undefined),
    ]) {
      throws(read, { code: 'invalid' });
    }
  });
});

describe('a map', () => {
  it('is a row for each value that begins with its key', () => {
    const stops = mapOf(stop);
    deepEqual(stops.encode(mapFrom([['Casino', casino]])), [row]);
    deepEqual(stops.decode([row]).get('Casino'), casino);
  });

  it('has its keys in front where values do not name them', () => {
    const counts = entriesOf(rowOf<{ count: number }>({ count: number }));
    deepEqual(counts.encode(mapFrom([['a', { count: 2 }]])), [['a', 2]]);
    equal(counts.decode([['a', 2]]).get('a')?.count, 2);
    throws(() => counts.decode([[1, 2]]), { code: 'invalid' });
  });
});

describe('stamps', () => {
  it('are sorted by their fields, so that equal records give equal text', () => {
    const one = stamps.decode([
      ['b', '2'],
      ['a', '1'],
    ]);
    deepEqual(stamps.encode(one), [
      ['a', '1'],
      ['b', '2'],
    ]);
  });
});
