import { distanceM } from '../../sdk/positions/earth.ts';
import { lengthMs, onTrack, type Track } from '../../sdk/positions/tracks.ts';
import { seededRandom } from '../../sdk/testing/seeded-random.ts';
import { percentile, shown } from '../figures.ts';
import { batteryOf } from './battery.ts';
import { drive, type Measured, nothingMeasured } from './measure.ts';
import { type Heard, receive } from './receiver.ts';
import { cityDrives, randomDrive, recordedTracks } from './roads.ts';
import { type Section, table } from './section.ts';
import { ourWay, rawWay, traccarWay, type Way } from './ways.ts';

/** One receiver on four drives is luck: each set is driven with so many. */
const receivers = 8;
const randomDrives = 20;
const ways: readonly Way[] = [
  ourWay('ours'),
  ourWay('ours, drawn a second later', 1_000),
  rawWay(2_000),
  rawWay(1_000),
  traccarWay,
];

interface Run {
  readonly track: Track;
  readonly seed: number;
}

interface Group {
  readonly name: string;
  readonly runs: readonly Run[];
}

/** Where others are drawn, on virtual time. @param tracksDir a folder of `.gpx` besides */
export function measureDrives(tracksDir: string | undefined): Section {
  const seeds = Array.from({ length: receivers }, (_, index) => index + 1);
  const on = (tracks: readonly Track[], seed: number): Run[] =>
    tracks.map((track, index) => ({ track, seed: seed + index }));
  const groups: Group[] = [
    { name: 'Four drives through Monaco', runs: seeds.flatMap((seed) => on(cityDrives(), seed)) },
    {
      name: 'Random drives',
      runs: seeds.flatMap((seed) => on(randomDrivesOf(seed), seed)),
    },
  ];
  if (tracksDir) {
    groups.push({ name: 'Recorded tracks', runs: on(recordedTracks(tracksDir), 1) });
  }
  const parts: string[] = [];
  const missed: string[] = [];
  for (const group of groups) parts.push(`### ${group.name}`, ...measureGroup(group, missed));
  return { name: 'drives', text: parts.join('\n\n'), missed };
}

function randomDrivesOf(seed: number): Track[] {
  return Array.from({ length: randomDrives }, (_, index) =>
    randomDrive(`random ${index}`, seededRandom(seed * 1_000 + index)),
  );
}

function measureGroup({ runs }: Group, missed: string[]): string[] {
  const results = ways.map(({ name }) => nothingMeasured(name));
  const receiverErrorsM: number[] = [];
  const battery = { wakeUps: 0, receiverOnMs: 0, hours: 0 };
  for (const { track, seed } of runs) {
    const heard = receive(track, lengthMs(track), seededRandom(seed));
    for (const { fix } of heard) receiverErrorsM.push(distanceM(fix, onTrack(track, fix.atMs)));
    for (const [at, way] of ways.entries()) {
      const result = results[at];
      if (result) drive(way, track, heard, seededRandom(seed), result);
    }
    addBattery(battery, heard, lengthMs(track));
  }
  const [ours] = results;
  const raw = results.find(({ name }) => name === 'raw, every 2 s');
  if (!ours || !raw) throw new Error('Some way was not measured.');
  const receiver95M = percentile(receiverErrorsM, 95);
  return [
    `${runs.length} drives, each receiver another. The receiver's own error: p50 ${shown(percentile(receiverErrorsM, 50))} m, p95 ${shown(receiver95M)} m. Its receiver is on ${shown((battery.receiverOnMs / battery.hours / 3_600_000) * 100)} % of the time, and the phone wakes ${shown(battery.wakeUps / battery.hours)} times an hour for it.`,
    table(
      [
        '',
        'error p50, m',
        'p95, m',
        'longest jump, m',
        'reports/h',
        'kB/h',
        'age off by, p95 ms',
        'silences told in time',
      ],
      results.map(rowOf),
    ),
    goals(ours, raw, receiver95M, missed),
  ];
}

function addBattery(
  sum: { wakeUps: number; receiverOnMs: number; hours: number },
  heard: readonly Heard[],
  durationMs: number,
): void {
  const { wakeUps, receiverOnMs } = batteryOf(heard, durationMs);
  sum.wakeUps += wakeUps;
  sum.receiverOnMs += receiverOnMs;
  sum.hours += durationMs / 3_600_000;
}

function rowOf(measured: Measured): string[] {
  const { name, errorsM, jumpM, reports, bytes, hours, ageErrorsMs, silences } = measured;
  return [
    name,
    shown(percentile(errorsM, 50)),
    shown(percentile(errorsM, 95)),
    shown(jumpM),
    shown(reports / hours),
    shown(bytes / hours / 1_000),
    shown(percentile(ageErrorsMs, 95)),
    `${measured.toldInTime} of ${silences}`,
  ];
}

function goals(ours: Measured, raw: Measured, receiver95M: number, missed: string[]): string {
  const aimM = Math.max(8, 1.2 * receiver95M);
  const fewer = 1 - ours.reports / raw.reports;
  const checks: readonly (readonly [boolean, string])[] = [
    [
      percentile(ours.errorsM, 95) <= aimM,
      `error p95 ≤ ${shown(aimM)} m (1.2 × the receiver's, or 8 m)`,
    ],
    [fewer >= 0.6, `${shown(fewer * 100)} % fewer reports than every 2 s (aim: 60)`],
    [ours.jumpM <= 15, 'no jump over 15 m'],
    [ours.toldInTime === ours.silences, 'every silence told within 30 s'],
  ];
  for (const [isMet, text] of checks) if (!isMet) missed.push(text);
  return checks.map(([isMet, text]) => `- ${isMet ? 'met' : '**missed**'}: ${text}`).join('\n');
}
