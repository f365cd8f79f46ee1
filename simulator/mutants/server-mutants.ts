import { decodeSnapshot } from '../../sdk/merge/decode-snapshot.ts';
import { emptyState, foldCommit, foldVersion } from '../../sdk/merge/fold.ts';
import { encodeSnapshot } from '../../sdk/merge/snapshot.ts';
import { numbersIn, toRanges } from '../../sdk/protocol/codec.ts';
import type { DecodedPush } from '../../sdk/protocol/decode.ts';
import type { PushAnswer } from '../../sdk/protocol/wire.ts';
import type { ScopeLogs } from '../../server/sync/scope-logs.ts';
import { plainCodec } from '../world/plain-codec.ts';
import type { Mutant } from './mutant.ts';

/** Bugs of the server's side. */
export const serverMutants: readonly Mutant[] = [
  {
    name: 'ack-before-commit',
    bug: 'The store says “written” before anything is durable.',
    server: {
      store: (store) => ({
        ...store,
        log: {
          ...store.log,
          append(scope, commit) {
            store.log.append(scope, commit).catch(() => {});
            return Promise.resolve('written');
          },
        },
      }),
    },
  },
  {
    name: 'append-without-compare',
    bug: 'Two processes may both append behind the same head.',
    server: {
      store: (store, { disk }) => ({
        ...store,
        log: {
          ...store.log,
          async append(scope, commit) {
            const outcome = await store.log.append(scope, commit);
            if (outcome === 'conflict') disk.append(scope, commit);
            return 'written';
          },
        },
      }),
    },
  },
  {
    name: 'told-before-durable',
    bug: 'A commit is published when its write begins.',
    server: {
      store: (store, { bus }) => ({
        ...store,
        log: {
          ...store.log,
          append(scope, commit) {
            bus.publish({ kind: 'commits', scope, commits: [commit] });
            return store.log.append(scope, commit);
          },
        },
      }),
    },
  },
  {
    name: 'torn-commit',
    bug: 'A commit of several ops is written op by op, and cut off by a crash.',
    server: {
      store: (store, { disk }) => ({
        ...store,
        log: {
          ...store.log,
          async append(scope, commit) {
            if (commit.count < 2) return store.log.append(scope, commit);
            disk.append(scope, { ...commit, runs: commit.runs.slice(0, -1) });
            return 'written';
          },
        },
      }),
    },
  },
  {
    name: 'missing-dedupe',
    bug: 'A batch that is sent again is taken for a new one.',
    server: { logs: renumbering },
  },
  {
    name: 'refusals-forgotten',
    bug: 'An op once refused is judged anew when it is sent again.',
    favours: ['late-echo', 'tunnel'],
    server: {
      store: (store) => ({
        ...store,
        refusals: { ...store.refusals, get: () => Promise.resolve(new Map()) },
      }),
    },
  },
  {
    name: 'snapshot-over-a-gap',
    bug: 'A snapshot is given with the head’s cursor, though it was folded before.',
    server: {
      pulls: (pulls) => ({
        ...pulls,
        async pull(actor, message, row) {
          const answer = await pulls.pull(actor, message, row);
          if (!answer.snapshot) return answer;
          const snapshot = { ...answer.snapshot, cursor: answer.head };
          return { ...answer, snapshot, commits: [] };
        },
      }),
    },
  },
  {
    name: 'snapshot-shows-everything',
    bug: 'Who comes back gets what was said while they were away.',
    server: {
      pulls: (pulls, disk) => ({
        ...pulls,
        async pull(actor, message, row) {
          const answer = await pulls.pull(actor, message, row);
          if (!answer.snapshot) return answer;
          const { scope } = message;
          const base = disk.bases.get(scope);
          const json: unknown = base && JSON.parse(await plainCodec.inflate(base.bytes));
          let state = base ? decodeSnapshot(scope, json) : emptyState(scope);
          const [, seq] = answer.snapshot.cursor;
          for (const commit of disk.log(scope).commits) {
            if (commit.seq <= seq) state = foldCommit(state, commit);
          }
          const chunk = new TextEncoder().encode(JSON.stringify(encodeSnapshot(state)));
          const snapshot = { ...answer.snapshot, foldVersion, totalBytes: chunk.byteLength };
          return { ...answer, snapshot, chunk };
        },
      }),
    },
  },
  {
    name: 'removed-stay-in-the-room',
    bug: 'The sockets of a removed member go on following the group.',
    server: {
      bus: (bus) => ({
        ...bus,
        publish: (message) => {
          if (message.kind !== 'ended') bus.publish(message);
        },
      }),
    },
  },
  {
    name: 'own-ops-out-of-order',
    bug: 'An answer names the pusher’s own ops in another order than the log’s.',
    server: {
      logs: answering((answer) => ({
        ...answer,
        commits: answer.commits.map((commit) => ({
          ...commit,
          runs: commit.runs.map((run) =>
            'own' in run ? { own: toRanges([...numbersIn(run.own)].reverse()) } : run,
          ),
        })),
      })),
    },
  },
  {
    name: 'refused-called-applied',
    bug: 'A refusal is swallowed and the op called applied.',
    server: {
      logs: answering((answer) => ({
        ...answer,
        refused: [],
        applied: toRanges(
          [...numbersIn(answer.applied), ...answer.refused.map(([number]) => number)].sort(
            (a, b) => a - b,
          ),
        ),
      })),
    },
  },
];

function answering(change: (answer: PushAnswer) => PushAnswer): (logs: ScopeLogs) => ScopeLogs {
  return (logs) => ({
    ...logs,
    submit: (actor, message, settle, sender) =>
      logs.submit(
        actor,
        message,
        (outcome) => settle('ok' in outcome ? { ok: change(outcome.ok) } : outcome),
        sender,
      ),
  });
}

/** Gives each push’s ops numbers that no other push has, and says the old ones in the answer. */
function renumbering(logs: ScopeLogs): ScopeLogs {
  let pushes = 0;
  return {
    ...logs,
    submit(actor, message, settle) {
      const offset = ++pushes * 1_000_000;
      const shifted = {
        ...message,
        runs: message.runs.map((run) => ({
          ...run,
          ops: run.ops.map(
            ([number, ...rest]) =>
              [number + offset, ...rest] as unknown as (typeof run.ops)[number],
          ),
        })),
      } satisfies DecodedPush;
      const back = (numbers: PushAnswer['applied']): PushAnswer['applied'] =>
        toRanges([...numbersIn(numbers)].map((number) => number - offset));
      logs.submit(actor, shifted, (outcome) => {
        if (!('ok' in outcome)) return settle(outcome);
        const { applied, commits, refused, retry } = outcome.ok;
        settle({
          ok: {
            ...outcome.ok,
            applied: back(applied),
            refused: refused.map(([number, ...rest]) => [number - offset, ...rest]),
            retry: retry.map(([number, ...rest]) => [number - offset, ...rest]),
            commits: commits.map((commit) => ({
              ...commit,
              runs: commit.runs.map((run) => ('own' in run ? { own: back(run.own) } : run)),
            })),
          },
        });
      });
    },
  };
}
