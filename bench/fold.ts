import { emptyState, foldCommit } from '../sdk/merge/fold.ts';
import { toRuns } from '../sdk/protocol/codec.ts';
import { formatHlc } from '../sdk/protocol/hlc.ts';
import type { Op } from '../sdk/protocol/ops.ts';
import type { Commit } from '../sdk/protocol/wire.ts';
import { percentile } from './figures.ts';
import { trackRecord } from './track-record.ts';

const opsPerCommit = 500;

/** Ms to fold a log of appended tracks, as every replica and the server do; the middle of five runs. */
export function foldMs(count: number): number {
  const commits = appended(count);
  const times = Array.from({ length: 5 }, () => {
    const startMs = performance.now();
    const state = commits.reduce(foldCommit, emptyState('g:bench'));
    const elapsedMs = performance.now() - startMs;
    if (state.kind !== 'group' || state.playlist.items.size !== count) {
      throw new Error('The fold lost items');
    }
    return elapsedMs;
  });
  return percentile(times, 50);
}

function appended(count: number): Commit[] {
  const ops = Array.from({ length: count }, (_, index): Op => {
    const { id, title, uri, by, dur } = trackRecord('A', index);
    const item = {
      itemId: `item${index}`,
      trackId: id,
      title,
      url: uri,
      artist: by,
      durationMs: dur * 1000,
    };
    return {
      type: 'playlist.add',
      payload: { items: [item] },
      opId: `stamper-${index + 1}`,
      number: index + 1,
      replicaId: 'replica',
      authorId: 'ana',
      stamp: formatHlc(1_700_000_000_000 + index, 0, 'stamper'),
      base: { generation: 1, seq: 0 },
      version: 1,
    };
  });
  return Array.from({ length: Math.ceil(count / opsPerCommit) }, (_, index) => {
    const batch = ops.slice(index * opsPerCommit, (index + 1) * opsPerCommit);
    return {
      generation: 1,
      seq: index * opsPerCommit + 1,
      count: batch.length,
      atMs: 1_700_000_000_000,
      hash: 'bench',
      runs: toRuns(batch),
    };
  });
}
