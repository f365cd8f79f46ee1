import { formatHlc } from '../../sdk/protocol/hlc.ts';
import type { Op } from '../../sdk/protocol/ops.ts';
import { actor, type SyncBench, testReplica } from './sync-fixture.ts';

/** How much a group has at any time, however long it lives. */
const standing = { tracks: 40, places: 10 };

/**
 * The life of a group whose content stays as much as it is: tracks, reactions, places and messages come, and as many
 * go. Some days pass with every thousand ops, and each phone is new after ten thousand.
 *
 * @param opsPerDay how busy they are
 */
export function createChurn(
  bench: SyncBench,
  opsPerDay = 5_000,
): { live(count: number): Promise<void> } {
  const ana = actor('ana');
  const batchOps = 100;
  let phone = testReplica('ana', { replicaId: 'phone-0' });
  let made = 0;

  const next = (index: number): readonly Op[] => {
    const id = (kind: string, at: number) => `${kind}${at}`;
    const gone = index - standing.tracks;
    const nowMs = bench.clock.nowMs();
    return [
      phone.op('playlist.add', { items: [{ itemId: id('t', index), title: `Track ${index}` }] }),
      phone.op('reactions.set', { itemId: id('t', index), like: true }),
      ...(gone >= 0 ? [phone.op('playlist.remove', { itemId: id('t', gone) })] : []),
      phone.op('messages.send', { messageId: id('m', index), text: `Message ${index}` }),
      phone.op('places.save', { placeId: id('p', index), name: 'Here', lat: 1, lng: 1 }),
      ...(index >= standing.places
        ? [phone.op('places.remove', { placeId: id('p', index - standing.places) })]
        : []),
    ].map((op) => ({ ...op, stamp: formatHlc(nowMs, op.number % 1_000_000, op.replicaId) }));
  };

  let index = 0;
  return {
    async live(count) {
      for (const end = made + count; made < end; ) {
        const ops: Op[] = [];
        while (ops.length < batchOps) ops.push(...next(index++));
        await bench.logs.push(ana, phone.push(...ops));
        const before = Math.floor(made / 10_000);
        made += ops.length;
        bench.clock.advance((ops.length / opsPerDay) * 24 * 60 * 60 * 1_000);
        const now = Math.floor(made / 10_000);
        if (now > before) phone = testReplica('ana', { replicaId: `phone-${now}` });
      }
    },
  };
}
