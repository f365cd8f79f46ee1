import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestLog } from './test-log.ts';

describe('places', () => {
  const beach = { placeId: 'p', name: 'Beach', lat: 43.7, lng: 7.4 };

  it('[MG23] take the last writer of each field', () => {
    const log = new TestLog();
    log.append('places.save', beach, { madeMs: 0 });
    log.append('places.update', { placeId: 'p', name: 'Plage' }, { by: 'bo', madeMs: 30 });
    log.append('places.update', { placeId: 'p', name: 'Larvotto', lat: 43.8 }, { madeMs: 20 });
    const { name, lat, lng } = log.group.places.get('p') ?? {};
    deepEqual([name, lat, lng], ['Plage', 43.8, 7.4]);
  });

  it('[MG23] [OP8] stay removed, whatever is written to them', () => {
    const log = new TestLog();
    log.append('places.save', beach);
    log.append('places.remove', { placeId: 'p' });
    log.append('places.update', { placeId: 'p', name: 'Back' });
    log.append('places.save', beach);
    equal(log.group.places.get('p')?.removed, true);
  });
});
