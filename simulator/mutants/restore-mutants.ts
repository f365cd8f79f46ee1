import { decodeSnapshot } from '../../sdk/merge/decode-snapshot.ts';
import { encodeSnapshot } from '../../sdk/merge/encode-snapshot.ts';
import { foldVersion } from '../../sdk/merge/fold.ts';
import { prune } from '../../sdk/merge/prune.ts';
import type { OpOf } from '../../sdk/protocol/ops.ts';
import type { StoredSnapshot } from '../../server/ports/store.ts';
import { plainCodec } from '../world/plain-codec.ts';
import type { Mutant } from './mutant.ts';

/** Bugs of a log's later life: trimming, pruning, winding back. */
export const restoreMutants: readonly Mutant[] = [
  {
    name: 'base-before-durable',
    bug: 'A log is trimmed behind a base that only the process has that made it.',
    server: {
      store(store) {
        const made = new Map<string, StoredSnapshot>();
        return {
          ...store,
          snapshots: {
            get: async (scope, kind) =>
              (kind === 'base' ? made.get(scope) : undefined) ??
              (await store.snapshots.get(scope, kind)),
            async put(scope, snapshot, kind) {
              if (kind !== 'base') return store.snapshots.put(scope, snapshot, kind);
              made.set(scope, snapshot);
              return 'written';
            },
          },
        };
      },
    },
  },
  {
    name: 'trimmed-beyond-its-base',
    bug: 'A log is trimmed further than its base reaches.',
    server: {
      store: (store) => ({
        ...store,
        log: { ...store.log, trim: (scope, seq, nowMs) => store.log.trim(scope, seq + 5, nowMs) },
      }),
    },
  },
  {
    name: 'pruned-unsaid',
    bug: 'Who gets a snapshot gets it pruned, and the log does not say so.',
    server: {
      pulls: (pulls) => ({
        ...pulls,
        async pull(actor, message, row) {
          const answer = await pulls.pull(actor, message, row);
          if (!answer.snapshot || answer.chunk.byteLength < answer.snapshot.totalBytes)
            return answer;
          const { scope } = message;
          const json: unknown = JSON.parse(await plainCodec.inflate(answer.chunk));
          const [generation, seq] = answer.snapshot.cursor;
          const op = {
            type: 'log.prune',
            payload: { seq, beforeMs: Number.MAX_SAFE_INTEGER, replicas: [] },
          } as unknown as OpOf<'log.prune'>;
          const at = { generation, seq, atMs: 0 };
          const pruned = prune(decodeSnapshot(scope, json), op, { at, edit: {} });
          const chunk = await plainCodec.deflate(JSON.stringify(encodeSnapshot(pruned)));
          const snapshot = { ...answer.snapshot, foldVersion, totalBytes: chunk.byteLength };
          return { ...answer, snapshot, chunk };
        },
      }),
    },
  },
  {
    name: 'forks-forgotten',
    bug: 'A server does not know where earlier generations end: bases of theirs count for ever.',
    favours: ['restore', 'older-store'],
    server: {
      store: (store) => ({
        ...store,
        log: { ...store.log, generations: () => Promise.resolve([]) },
      }),
    },
  },
  {
    name: 'winding-back-untold',
    bug: 'Who comes from an earlier generation is given a snapshot and not told why.',
    server: {
      pulls: (pulls) => ({
        ...pulls,
        async pull(actor, message, row) {
          const answer = await pulls.pull(actor, message, row);
          if (!answer.snapshot) return answer;
          const { rewound: _, ...rest } = answer;
          return rest;
        },
      }),
    },
  },
  {
    name: 'given-up-brought-back',
    bug: 'What a restore gave up is asked for all the same.',
    favours: ['restore'],
    server: {
      pulls: (pulls) => ({
        ...pulls,
        async pull(actor, message, row) {
          const answer = await pulls.pull(actor, message, row);
          if (!answer.snapshot || !answer.rewound) return answer;
          return { ...answer, rewound: { ...answer.rewound, resend: true } };
        },
      }),
    },
  },
  {
    name: 'claims-unheard',
    bug: 'A replica that knows more than its server is only given the server’s state.',
    server: {
      pulls: (pulls, disk) => ({
        ...pulls,
        pull(actor, message, row) {
          const { cursor, scope } = message;
          const isAhead = (cursor?.[1] ?? 0) > (disk.logs.get(scope)?.head?.seq ?? 0);
          return pulls.pull(actor, isAhead ? { ...message, cursor: null } : message, row);
        },
      }),
    },
  },
  {
    name: 'acknowledged-not-kept',
    bug: 'A device keeps nothing of what was acknowledged to it.',
    phone: {
      journal: (journal) => ({ ...journal, acked: () => Promise.resolve([]) }),
    },
  },
];
