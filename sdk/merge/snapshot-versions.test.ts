import { deepEqual, equal, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Scope } from '../protocol/ids.ts';
import type { Op } from '../protocol/ops.ts';
import { emptyState, foldOp, foldVersion } from './fold.ts';
import { decodeSnapshot, encodeSnapshot, stateHash } from './snapshot.ts';
import { type FoldStep, firstFoldVersion, foldSteps, inFoldVersion } from './snapshot-versions.ts';
import type { ScopeState } from './states.ts';
import { startMs } from './test-log.ts';

interface Kept {
  readonly ops: readonly Op[];
  readonly snapshot: unknown;
}

/** Logs and what the first version of the fold, 2, made of them: written by that version's own code. */
const kept = JSON.parse(
  readFileSync(new URL('./first-fold.fixture.json', import.meta.url), 'utf8'),
) as Readonly<Record<'group' | 'user', Kept>>;
const logs: readonly (readonly [Scope, Kept])[] = [
  ['g:road', kept.group],
  ['u:ana', kept.user],
];

/** The music began five seconds in, with the eleventh op. */
function folded(scope: Scope, { ops }: Kept): ScopeState {
  return ops.reduce((state, op, index) => {
    const atMs = scope === 'g:road' && index >= 10 ? startMs + 5_000 : startMs;
    return foldOp(state, op, { at: { generation: 1, seq: index + 1, atMs }, edit: {} });
  }, emptyState(scope));
}

describe('Versions of the fold', () => {
  it('[SN16] read what the first one kept, and fold the same log to the same', () => {
    for (const [scope, log] of logs) {
      const state = decodeSnapshot(scope, inFoldVersion(log.snapshot, foldVersion));
      equal(stateHash(state), stateHash(folded(scope, log)));
    }
  });

  it('[SN16] write for the first one what it wrote itself', () => {
    for (const [scope, log] of logs) {
      const json: unknown = JSON.parse(JSON.stringify(encodeSnapshot(folded(scope, log))));
      deepEqual(inFoldVersion(json, firstFoldVersion), log.snapshot);
    }
  });

  it('[SN16] lead from each to the next without a gap, up to the one that is written now', () => {
    deepEqual(
      foldSteps.map(({ from }) => from),
      Array.from({ length: foldVersion - firstFoldVersion }, (_, at) => firstFoldVersion + at),
    );
  });

  const steps: readonly FoldStep[] = [4, 5].map((from) => ({
    from,
    up: (older) => ({ ...older, [`in${from + 1}`]: true }),
    down({ [`in${from + 1}`]: _, ...older }) {
      return older;
    },
  }));

  it('[SN16] are passed one by one, up and down', () => {
    const oldest = { foldVersion: 4, kind: 'user' };
    const newest = { foldVersion: 6, kind: 'user', in5: true, in6: true };
    deepEqual(inFoldVersion(oldest, 6, steps), newest);
    deepEqual(inFoldVersion(newest, 4, steps), oldest);
    equal(inFoldVersion(newest, 6, steps), newest);
  });

  it('[SN2] [SN16] end where no step leads further', () => {
    for (const [json, version] of [
      [{ foldVersion: 3 }, 6],
      [{ foldVersion: 7 }, 6],
      [{ foldVersion: 6 }, 3],
      [{ kind: 'user' }, 6],
      [null, 6],
    ] as const) {
      throws(() => inFoldVersion(json, version, steps), { code: 'invalid' });
    }
  });
});
