import { damaged } from './columns.ts';

/** A snapshot's JSON: its parts by name, `foldVersion` among them. */
export type SnapshotJson = Readonly<Record<string, unknown>>;

/**
 * One version of the fold and the next, both ways. What an op does never changes within a version of the protocol, so
 * two versions of the fold differ in what they write down of the same log, and each can be had from the other but for
 * what only the newer one knows.
 */
export interface FoldStep {
  /** The older of the two; the newer is one more. */
  readonly from: number;
  up(older: SnapshotJson): SnapshotJson;
  down(newer: SnapshotJson): SnapshotJson;
}

/** One step per version, from the oldest that a replica or a store of the last twelve months may have. */
export const foldSteps: readonly FoldStep[] = [
  {
    // Version 3 knows which replicas' numbers a pruning has dropped.
    from: 2,
    up: (older) => ({ ...older, forgottenMs: 0 }),
    down: ({ forgottenMs: _, ...older }) => older,
  },
];

/** The version that replicas have which name none. */
export const firstFoldVersion = 2;

/**
 * A snapshot's JSON as another version of the fold writes it.
 *
 * @throws {JamzError} `invalid` where no steps lead there
 */
export function inFoldVersion(
  json: unknown,
  version: number,
  steps: readonly FoldStep[] = foldSteps,
): SnapshotJson {
  // What is no record at all has no version, either.
  let given = (json ?? {}) as SnapshotJson;
  for (;;) {
    const at = Number(given['foldVersion']);
    if (at === version) return given;
    const to = at < version ? at + 1 : at - 1;
    const step = steps.find(({ from }) => from === Math.min(at, to));
    if (!step) throw damaged('no step leads to its version');
    given = { ...(at < to ? step.up(given) : step.down(given)), foldVersion: to };
  }
}
