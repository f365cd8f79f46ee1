import { equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestLog } from './test-log.ts';

const track = (itemId: string) => ({ itemId, title: itemId });

describe('playlist', () => {
  it('[MG5] keeps the order of the log', () => {
    equal(new TestLog().add(['a', 'b', 'c']).order, 'a b c');
  });

  it('[MG6] keeps both runs together when two members add offline and their pushes alternate', () => {
    const log = new TestLog();
    log.add(['x']);
    log.add(['a1', 'a2'], { by: 'ana', seen: 1 }).add(['b1', 'b2'], { by: 'bo', seen: 1 });
    log.add(['a3', 'a4'], { by: 'ana', seen: 1 }).add(['b3'], { by: 'bo', seen: 1 });
    equal(log.order, 'x a1 a2 a3 a4 b1 b2 b3');
  });

  it('[MG6] keeps runs of 2,000 together, pushed 100 at a time', () => {
    const log = new TestLog();
    const runOf = (by: string): string[] => Array.from({ length: 2_000 }, (_, at) => `${by}${at}`);
    const [ana, bo] = [runOf('ana'), runOf('bo')];
    for (let at = 0; at < 2_000; at += 100) {
      log.add(ana.slice(at, at + 100), { by: 'ana', seen: 0 });
      log.add(bo.slice(at, at + 100), { by: 'bo', seen: 0 });
    }
    equal(log.order, [...ana, ...bo].join(' '));
  });

  it('[MG6] appends at the end once the writer has seen what others added', () => {
    const log = new TestLog();
    log.add(['a1']).add(['b1'], { by: 'bo' }).add(['a2']);
    equal(log.order, 'a1 b1 a2');
  });

  it('[MG6] starts a new run for another replica of the same member', () => {
    const log = new TestLog();
    log.add(['a1'], { seen: 0 }).add(['b1'], { by: 'bo', seen: 0 });
    log.add(['a2'], { replicaId: 'anas-phone', seen: 0 });
    equal(log.order, 'a1 b1 a2');
  });

  it('[MG6] continues a run where its last track was put first, though that was moved or removed', () => {
    const log = new TestLog();
    log.add(['a1'], { seen: 0 }).add(['b1'], { by: 'bo', seen: 0 });
    log.append('playlist.move', { itemId: 'a1', after: 'b1' }, { by: 'bo' });
    log.add(['a2'], { seen: 0 });
    equal(log.order, 'a2 b1 a1');
    log.append('playlist.remove', { itemId: 'a2' }, { by: 'bo' });
    log.add(['a3'], { seen: 0 });
    equal(log.order, 'a3 b1 a1');
  });

  it('[OP9] [MG7] puts tracks behind the one named, at the front for null, at the end for one that is gone', () => {
    const log = new TestLog().add(['a', 'b']);
    log.append('playlist.add', { items: [track('c'), track('d')], after: 'a' });
    log.append('playlist.add', { items: [track('e'), track('f')], after: null });
    log.append('playlist.add', { items: [track('g')], after: 'nowhere' });
    equal(log.order, 'e f a c d b g');
  });

  it('[MG8] moves a track, and converges on the later of two moves in the log', () => {
    const log = new TestLog().add(['a', 'b', 'c']);
    log.append('playlist.move', { itemId: 'a', after: 'c' }, { by: 'bo', seen: 3 });
    log.append('playlist.move', { itemId: 'a', after: 'b' }, { by: 'cy', seen: 3 });
    equal(log.order, 'b a c');
    log.append('playlist.move', { itemId: 'c', after: null });
    equal(log.order, 'c b a');
    log.append('playlist.move', { itemId: 'c', after: 'nowhere' });
    equal(log.order, 'b a c');
  });

  it('is the same object when a move leads where the track is', () => {
    const log = new TestLog().add(['a', 'b', 'c']);
    const before = log.group.playlist;
    log.append('playlist.move', { itemId: 'b', after: 'a' });
    log.append('playlist.move', { itemId: 'a', after: null });
    log.append('playlist.move', { itemId: 'a', after: 'a' });
    equal(log.group.playlist, before);
  });

  it('[MG9] [OP8] never brings a removed track back', () => {
    const log = new TestLog().add(['a', 'b']);
    log.append('playlist.remove', { itemId: 'a' });
    log.append('playlist.add', { items: [track('a'), track('c')] });
    log.append('playlist.move', { itemId: 'a', after: 'c' });
    equal(log.order, 'b c');
    equal(log.group.playlist.items.has('a'), false);
  });

  it('learns the length of a track once', () => {
    const log = new TestLog().add(['a']);
    log.append('playlist.amend', { itemId: 'a', durationMs: 180_000 });
    log.append('playlist.amend', { itemId: 'a', durationMs: 181_000 });
    equal(log.group.playlist.items.get('a')?.durationMs, 180_000);
  });

  it('[MG7] keeps order and short keys through 2,000 inserts that zigzag at one spot', () => {
    const log = new TestLog().add(['first', 'last']);
    const model = ['first', 'last'];
    let anchor = 'first';
    for (let count = 0; count < 2_000; count++) {
      const itemId = `z${count}`;
      log.append('playlist.add', { items: [track(itemId)], after: anchor });
      model.splice(model.indexOf(anchor) + 1, 0, itemId);
      // Every other insert goes before the last one, so the gap halves each time.
      if (count % 2 === 0) anchor = itemId;
    }
    equal(log.order, model.join(' '));
    for (const key of log.group.playlist.order.keys()) ok(key.length <= 60, key);
  });

  it('[MG6] continues a run at its place after all keys were handed out anew', () => {
    const log = new TestLog();
    log.add(['a1'], { by: 'ana', seen: 0 }).add(['b1'], { by: 'bo', seen: 0 });
    let anchor = 'b1';
    for (let count = 0; count < 400; count++) {
      log.append('playlist.add', { items: [track(`z${count}`)], after: anchor }, { by: 'cy' });
      if (count % 2 === 0) anchor = `z${count}`;
    }
    log.add(['a2'], { by: 'ana', seen: 0 });
    equal(log.order.startsWith('a1 a2 b1 '), true);
  });
});
