import type { Commit, Run } from '../../../../sdk/protocol/wire.ts';
import type { LogHead } from '../../../ports/store.ts';
import { figure, json, type Row, text } from './rows.ts';

export function toHead(row: Row): LogHead {
  return {
    generation: figure(row, 'generation'),
    seq: figure(row, 'seq'),
    hash: text(row, 'hash'),
    atMs: figure(row, 'at_ms'),
    firstSeq: figure(row, 'first_seq'),
  };
}

export function toCommit(row: Row): Commit {
  return {
    generation: figure(row, 'generation'),
    seq: figure(row, 'seq'),
    count: figure(row, 'count'),
    atMs: figure(row, 'at_ms'),
    hash: text(row, 'hash'),
    runs: json<Run[]>(row, 'runs'),
  };
}
