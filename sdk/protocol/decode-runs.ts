import { JamzError } from './errors.ts';
import { idShape } from './ids.ts';
import { limits } from './limits.ts';
import { payloadBytes } from './payload-bytes.ts';
import { checkPayload } from './payload-check.ts';
import { isOpType } from './payloads.ts';
import { Misfit, type Shape } from './shapes.ts';
import { newestAcceptedVersion, oldestAcceptedVersion } from './version.ts';
import type { OwnRun, Run, WireOp, WireRefusal } from './wire.ts';

/** Runs whose ops are all sound, and a refusal for each op that was left out because its payload is not. */
export interface DecodedRuns {
  readonly runs: readonly Run[];
  readonly refused: readonly WireRefusal[];
}

/**
 * Decodes the runs of a push. A payload that its schema refuses is that op's own fault: it is left out and told.
 *
 * @throws {JamzError} `invalid` where the structure is broken, `too-large` above `limits.maxBatchOps`, `update-needed`
 *   for an op type or version that is not known here
 */
export function pushedRuns(input: unknown): DecodedRuns {
  const refused: WireRefusal[] = [];
  let count = 0;
  const runs: Run[] = [];
  for (const item of listOf(input, 'runs')) {
    const run = recordOf(item, 'run');
    const wires = listOf(run['ops'], 'ops');
    count += wires.length;
    if (count > limits.maxBatchOps) {
      throw new JamzError(
        'too-large',
        `A push holds ${limits.maxBatchOps} ops: send fewer at once.`,
      );
    }
    const header = headerOf(run);
    // As a rule all ops are sound and stay as they came: then nothing is copied.
    let kept: WireOp[] | undefined;
    for (let at = 0; at < wires.length; at++) {
      const wire = wireOpOf(wires[at]);
      const payload = payloadOf(wire);
      if (payload !== wire[5]) kept ??= wires.slice(0, at) as WireOp[];
      if (payload instanceof JamzError) refused.push([wire[0], payload.code, payload.message]);
      else kept?.push([wire[0], wire[1], wire[2], wire[3], wire[4], payload]);
    }
    const ops = kept ?? (wires as readonly WireOp[]);
    if (ops.length > 0) runs.push({ ...header, ops });
  }
  return { runs, refused };
}

/**
 * Decodes the runs of a commit. The server had their payloads through the schemas, so only what could stop the fold is
 * looked at here.
 *
 * @throws {JamzError} `invalid`, `update-needed`
 */
export function committedRuns(input: unknown): readonly Run[] {
  return listOf(input, 'runs').map((item) => committedRun(recordOf(item, 'run')));
}

/** As {@link committedRuns}, where the receiver's own ops may be named instead of told. */
export function ackedRuns(input: unknown): readonly (Run | OwnRun)[] {
  return listOf(input, 'runs').map((item) => {
    const run = recordOf(item, 'run');
    if (run['own'] === undefined) return committedRun(run);
    const own = listOf(run['own'], 'own').map((range) => {
      const [from, to] = listOf(range, 'range');
      return [whole(from, 1, maxSafe, 'own'), whole(to, 1, maxSafe, 'own')] as const;
    });
    return { own };
  });
}

export function listOf(input: unknown, name: string): readonly unknown[] {
  if (Array.isArray(input)) return input;
  throw malformed(name, 'must be a list');
}

export function recordOf(input: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    return input as Readonly<Record<string, unknown>>;
  }
  throw malformed(name, 'must be an object');
}

export function whole(input: unknown, least: number, most: number, name: string): number {
  if (Number.isInteger(input) && (input as number) >= least && (input as number) <= most) {
    return input as number;
  }
  throw malformed(name, `must be a whole number from ${least} to ${most}`);
}

export function idOf(input: unknown, name: string): string {
  return shaped(idShape, input, name);
}

/** @throws {JamzError} `invalid`, naming what is malformed */
export function shaped<T>(shape: Shape<T>, input: unknown, name: string): T {
  try {
    return shape(input);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    throw malformed(error.path ? `${name} ${error.path}` : name, error.message);
  }
}

/** @throws {JamzError} `update-needed`, with which side has to update */
export function versionOf(input: unknown): number {
  const version = whole(input, 1, maxSafe, 'version');
  if (version > newestAcceptedVersion) {
    throw new JamzError(
      'update-needed',
      `Protocol version ${version} is newer than what this side reads, ${newestAcceptedVersion}: reload or update it.`,
    );
  }
  if (version < oldestAcceptedVersion) {
    throw new JamzError(
      'update-needed',
      `Protocol version ${version} is no longer read, the oldest is ${oldestAcceptedVersion}: reload the page.`,
    );
  }
  return version;
}

/** The largest figure that survives JSON. */
export const maxSafe: number = Number.MAX_SAFE_INTEGER;

/** @param problem as `must be a list` */
export function malformed(name: string, problem: string): JamzError {
  return new JamzError('invalid', `Malformed message: “${name}” ${problem}.`);
}

/** What the fixed digits of a stamp hold. */
const maxWallMs = 36 ** 9 - 1;
const maxClockCounter = 36 ** 4 - 1;

function committedRun(run: Readonly<Record<string, unknown>>): Run {
  const ops = listOf(run['ops'], 'ops').map((wire) => {
    const op = wireOpOf(wire);
    recordOf(op[5], 'payload');
    return op;
  });
  return { ...headerOf(run), ops };
}

function headerOf(run: Readonly<Record<string, unknown>>): Omit<Run, 'ops'> {
  const [generation, seq, ...rest] = listOf(run['base'], 'base');
  if (rest.length > 0) throw malformed('base', 'must be a generation and a sequence');
  return {
    replicaId: idOf(run['replicaId'], 'replicaId'),
    authorId: idOf(run['authorId'], 'authorId'),
    stamperId: idOf(run['stamperId'], 'stamperId'),
    version: versionOf(run['version']),
    base: [whole(generation, 0, maxSafe, 'base'), whole(seq, 0, maxSafe, 'base')],
  };
}

/** The figures and the type of one op; its payload is not looked at. */
function wireOpOf(input: unknown): WireOp {
  const wire = listOf(input, 'op');
  if (wire.length !== 6) throw malformed('op', 'must be a list of six');
  whole(wire[0], 1, maxSafe, 'op number');
  whole(wire[1], 0, maxSafe, 'op counter');
  whole(wire[2], 0, maxWallMs, 'wall ms');
  whole(wire[3], 0, maxClockCounter, 'clock counter');
  if (typeof wire[4] !== 'string') throw malformed('type', 'must be text');
  if (isOpType(wire[4])) return wire as unknown as WireOp;
  const type = wire[4].slice(0, 40);
  throw new JamzError(
    'update-needed',
    `Ops of type “${type}” are not known here: update this side.`,
  );
}

function payloadOf(wire: WireOp): unknown {
  const type = wire[4];
  const payload = wire[5];
  if (!isOpType(type)) return malformed('type', 'must be a known op type');
  const checked = checkPayload(type, payload);
  if ('problem' in checked) {
    return new JamzError('invalid', `Invalid payload of ${type}: ${checked.problem}`);
  }
  if (payloadBytes(checked.payload) > limits.maxOpBytes) {
    const message = `An op holds ${limits.maxOpBytes} bytes: split it into several.`;
    return new JamzError('too-large', message);
  }
  return checked.payload;
}
