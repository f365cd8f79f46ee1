import { parseArgs } from 'node:util';
import type { Way } from './page/main.ts';

export interface SoundOptions {
  readonly processes: number;
  readonly minutes: number;
  readonly ways: readonly Way[];
  readonly faults: boolean;
  /** How long some phones are in the dark; undefined: not measured. */
  readonly offlineMinutes: number | undefined;
  /** The SDK's entry, from the root of the repository. */
  readonly sdk: string;
  readonly format: 'mp3' | 'wav' | 'flac' | 'm4a' | 'opus' | 'ogg';
  /** Where all that was measured goes, for a closer look. */
  readonly json: string | undefined;
  /** Puts the figures into docs/sound.md. */
  readonly write: boolean;
  /** What earlier runs kept by `json`: written down in the place of measuring anew. */
  readonly from: readonly string[];
}

export const usage = `npm run bench:sound -- [options]
  --processes N        Chromium processes, each on a channel of its own (4)
  --minutes M          length of each steady run (30)
  --engine WAY         buffer, element, auto or usual; several with commas (buffer,element,usual)
  --faults             wrong clocks, a jittery link, a 3 s outage
  --offline [M]        also M minutes without network through three track changes (10)
  --format F           mp3, wav, flac, m4a, opus or ogg (mp3)
  --sdk FILE           the SDK's entry (dist/sdk/index.js); sdk/index.ts for a quick look at the sources
  --json FILE          all that was measured, for a closer look
  --write              put the figures into docs/sound.md
  --from FILES         write down what earlier runs kept with --json; several with commas`;

const ways: readonly string[] = ['auto', 'buffer', 'element', 'usual'];
const formats: readonly string[] = ['mp3', 'wav', 'flac', 'm4a', 'opus', 'ogg'];
const defaultOfflineMinutes = 10;

/** @throws {Error} that says which option is wrong */
export function readOptions(args: readonly string[]): SoundOptions {
  const { values } = parseArgs({
    args: withOfflineMinutes(args),
    options: {
      processes: { type: 'string', default: '4' },
      minutes: { type: 'string', default: '30' },
      engine: { type: 'string', default: 'buffer,element,usual' },
      faults: { type: 'boolean', default: false },
      offline: { type: 'string' },
      format: { type: 'string', default: 'mp3' },
      sdk: { type: 'string', default: 'dist/sdk/index.js' },
      json: { type: 'string' },
      write: { type: 'boolean', default: false },
      from: { type: 'string', default: '' },
    },
  });
  return {
    processes: positive('processes', values.processes, 2),
    minutes: positive('minutes', values.minutes, 0),
    ways: values.engine.split(',').map((way) => oneOf<Way>('engine', way, ways)),
    faults: values.faults,
    offlineMinutes:
      values.offline === undefined ? undefined : positive('offline', values.offline, 0),
    sdk: values.sdk,
    format: oneOf<SoundOptions['format']>('format', values.format, formats),
    json: values.json,
    write: values.write,
    from: values.from.split(',').filter((path) => path !== ''),
  };
}

/** `--offline` alone means ten minutes. */
function withOfflineMinutes(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const isBare = arg === '--offline' && !/^[\d.]+$/.test(args[index + 1] ?? '');
    return isBare ? [arg, String(defaultOfflineMinutes)] : [arg];
  });
}

function positive(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value > 0) return value;
  throw new Error(`--${name} ${text}: give a number${least > 0 ? ` of at least ${least}` : ''}.`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly string[]): T {
  if (allowed.includes(text)) return text as T;
  throw new Error(`--${name} ${text}: give one of ${allowed.join(', ')}.`);
}
