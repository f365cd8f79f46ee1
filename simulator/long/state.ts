import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { nothing, type Tally } from './tally.ts';

/** How far a long run has come. */
export interface RunState {
  /** Worlds before this place are in the tally. */
  readonly nextPlace: number;
  readonly tally: Tally;
  readonly cpuMs: number;
  readonly wallMs: number;
}

export const beginning: RunState = { nextPlace: 0, tally: nothing, cpuMs: 0, wallMs: 0 };

/** Keeps how far a run has come in a file, under a name that says what was asked for. */
export interface StateFile {
  /** What an earlier start of the same run left. */
  load(): RunState;
  save(state: RunState): void;
  drop(): void;
}

/** @param name what was asked for: a state of anything else is not gone on with */
export function stateFile(path: string, name: string): StateFile {
  return {
    load() {
      if (!existsSync(path)) return beginning;
      const kept = JSON.parse(readFileSync(path, 'utf8')) as RunState & { readonly name: string };
      return kept.name === name ? kept : beginning;
    },
    save(state) {
      writeFileSync(`${path}.new`, JSON.stringify({ name, ...state }));
      renameSync(`${path}.new`, path);
    },
    drop: () => rmSync(path, { force: true }),
  };
}
