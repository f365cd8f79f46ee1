import { setTimeout as wait } from 'node:timers/promises';
import type { Look, Way } from './page/main.ts';
import type { PhoneProcess } from './phones.ts';
import type { Recorder } from './recorder.ts';
import type { Stage } from './stage.ts';

/** Something that was done to phones, at a second of the recording. */
export interface SceneEvent {
  readonly seconds: number;
  readonly kind: 'play' | 'join' | 'cut' | 'back' | 'end';
  readonly phones: readonly number[];
}

export interface Scene {
  readonly events: readonly SceneEvent[];
  /** What the phones said of themselves, every few seconds. */
  readonly looks: readonly (readonly Look[])[];
}

const settleMs = 10_000;
const outageMs = 3_000;
const lookEveryMs = 5_000;

interface Timeline {
  mark(kind: SceneEvent['kind'], phones: readonly number[]): void;
  rest(ms: number): Promise<void>;
  readonly scene: Scene;
}

/** All but the last phone play; at a quarter of the time the last one joins; with faults one is cut off at the middle. */
export async function steadyScene(
  { phones, links }: Stage,
  recorder: Recorder,
  way: Way,
  minutes: number,
  faults: boolean,
): Promise<Scene> {
  const { mark, rest, scene } = follow(phones, recorder);
  const last = phones.length - 1;
  await Promise.all(
    phones.slice(0, last).map((phone) => phone.ask((page, by) => page.listen(by), way)),
  );
  mark('play', everyone(phones).slice(0, last));
  await phones[0]?.ask((page) => page.play(), null);
  const quarterMs = (minutes * 60_000) / 4;
  await rest(quarterMs);
  mark('join', [last]);
  await phones[last]?.ask((page, by) => page.listen(by), way);
  await rest(quarterMs);
  if (faults) {
    mark('cut', [0]);
    links[0]?.cut(true);
    await rest(outageMs);
    links[0]?.cut(false);
    mark('back', [0]);
  }
  await rest(2 * quarterMs);
  mark('end', []);
  return scene;
}

/** All play; every second phone is in the dark for the time given, which three changes of track fall into. */
export async function offlineScene(
  { phones, links }: Stage,
  recorder: Recorder,
  way: Way,
  minutes: number,
): Promise<Scene> {
  const { mark, rest, scene } = follow(phones, recorder);
  await Promise.all(phones.map((phone) => phone.ask((page, by) => page.listen(by), way)));
  mark('play', everyone(phones));
  await phones[0]?.ask((page) => page.play(), null);
  await rest(2 * settleMs);
  const dark = everyone(phones).filter((index) => index % 2 === 1);
  mark('cut', dark);
  for (const index of dark) links[index]?.cut(true);
  await rest(minutes * 60_000);
  for (const index of dark) links[index]?.cut(false);
  mark('back', dark);
  await rest(2 * settleMs);
  mark('end', []);
  return scene;
}

function follow(phones: readonly PhoneProcess[], recorder: Recorder): Timeline {
  const events: SceneEvent[] = [];
  const looks: (readonly Look[])[] = [];
  return {
    scene: { events, looks },
    mark: (kind, of) => void events.push({ seconds: recorder.seconds, kind, phones: of }),
    async rest(ms) {
      const untilMs = performance.now() + ms;
      for (;;) {
        const leftMs = untilMs - performance.now();
        if (leftMs <= 0) return;
        await wait(Math.min(leftMs, lookEveryMs));
        looks.push(
          await Promise.all(phones.map((phone) => phone.ask((page) => page.look(), null))),
        );
      }
    },
  };
}

function everyone(phones: readonly PhoneProcess[]): number[] {
  return phones.map((_, index) => index);
}
