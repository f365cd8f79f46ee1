import { hat, kick, rim, snare } from './drums.ts';
import { duck, echoes, filter, room, tape } from './effects.ts';
import { chords, line } from './score.ts';
import { blend, lay, type Stereo, sampleRate, seeded, shape, silence } from './sound.ts';
import { electricPiano, type Patch, synth, vibes } from './voices.ts';

const beatS = 60 / 76;
const barS = 4 * beatS;
/** Off-beats come late: two thirds of the way, a little less than a shuffle. */
const swing = 0.61;

// Intro 0–1, first part 2–9, second part 10–17, first part again 18–21, outro 22–23.
const bars = 24;
const first = chords(`D2 F3 A3 C4 E4 | G1 F3 A3 B3 E4 | C2 E3 G3 B3 D4 | A1 G3 B3 C4 E4 |
  D2 F3 A3 C4 E4 | G1 F3 A3 B3 E4 | C2 E3 G3 B3 D4 | A1 G3 C#4 E4`);
const other = chords(`F2 A3 C4 E4 G4 | E2 G3 B3 D4 | D2 F3 A3 C4 E4 | G1 F3 A3 C4 D4 |
  F2 A3 C4 E4 G4 | E2 G3 B3 D4 | D2 F3 A3 C4 E4 | G1 F3 A3 B3 D4`);
const end = chords('D2 F3 A3 C4 E4 | C2 E3 G3 B3 D4');
const harmony = [...first.slice(2, 4), ...first, ...other, ...first.slice(0, 4), ...end];

const tune = `-/1 A4/.5 C5/.5 E5/1.5 D5/.5 | B4/2 -/.5 A4/.5 G4/1 | -/1 G4/.5 B4/.5 D5/1.5 E5/.5 | C5/2.5 B4/.5 A4/1 |
  -/1 A4/.5 C5/.5 F5/1 E5/1 | D5/1.5 B4/.5 G4/2 | E5/1 D5/.5 B4/.5 G4/2 | A4/3 -/1`;
const reply = `G5/1 E5/.5 C5/.5 A4/2 | B4/.5 D5/.5 E5/1 G5/2 | F5/1 E5/.5 C5/.5 A4/2 | C5/1 D5/1 B4/2 |
  A5/1.5 G5/.5 E5/1 C5/1 | D5/1.5 E5/.5 B4/2 | F5/.5 E5/.5 D5/1 C5/1 A4/1 | B4/3.5 -/.5`;

const bass: Patch = {
  oscillators: [
    { wave: 'sine', cents: 0, gain: 0.8 },
    { wave: 'triangle', cents: 3, gain: 0.5 },
  ],
  ...{ cutoffHz: 420, sweepHz: 500, sweepS: 0.08, resonance: 0.7 },
  ...{ attackS: 0.008, decayS: 0.5, sustain: 0.5, releaseS: 0.12 },
};

/** “Rain on the Windscreen”: slow, warm and a little worn, for the queue before the tunnel. */
export function windscreen(): Stereo {
  const seconds = bars * barS + 3;
  const random = seeded(76);
  /** Nobody plays to the millisecond here. */
  const loose = (byS: number): number => (random() - 0.5) * 2 * byS;
  const mix = silence(seconds);

  const keys = silence(seconds);
  const low = silence(seconds);
  harmony.forEach(([root = 0, ...chord], bar) => {
    const atS = bar * barS;
    const last = bar === bars - 1;
    chord.forEach((noteHz, index) => {
      // Rolled from below, as a hand falls.
      const rollS = index * 0.016 + Math.abs(loose(0.006));
      const pan = index * 0.2 - 0.3;
      lay(keys, electricPiano(noteHz, last ? 4 : beatS * 1.6, 0.55), atS + rollS, 0.2, pan);
      if (last) return;
      lay(
        keys,
        electricPiano(noteHz, beatS * 1.2, 0.3),
        atS + (1 + swing) * beatS + rollS,
        0.12,
        pan,
      );
      if (bar % 2 === 1) {
        lay(
          keys,
          electricPiano(noteHz, beatS * 0.5, 0.35),
          atS + (3 + swing) * beatS + rollS,
          0.1,
          pan,
        );
      }
    });
    if (bar < 2) return;
    const steps: [beat: number, length: number, times: number][] = last
      ? [[0, 4, 1]]
      : [
          [0, 1.4, 1],
          [1 + swing, 0.4, 1],
          [2, 1.2, 1.5],
          [3 + swing, 0.35, 1],
        ];
    for (const [beat, length, times] of steps) {
      lay(low, synth(bass, root * times, length * beatS), atS + beat * beatS + loose(0.006), 0.5);
    }
  });

  const drums = silence(seconds);
  const kicks: number[] = [];
  const beat = kick(52, 0.11);
  for (let bar = 2; bar < 22; bar++) {
    if (bar === 17) continue;
    const atS = bar * barS;
    const pattern = bar % 2 === 0 ? [0, 1 + swing, 2.5] : [0, 2, 2 + swing];
    for (const at of pattern) {
      const whenS = atS + at * beatS + loose(0.007);
      kicks.push(whenS);
      lay(drums, beat, whenS, at === 0 ? 0.75 : 0.6);
    }
    for (const at of [1, 3]) {
      lay(drums, snare(random, 0.055, 0.25), atS + at * beatS + 0.012 + loose(0.005), 0.62, 0.08);
      lay(drums, rim(), atS + at * beatS + 0.012, 0.24, -0.1);
    }
    for (let eighth = 0; eighth < 8; eighth++) {
      const at = Math.floor(eighth / 2) + (eighth % 2) * swing;
      const level = (eighth % 2 ? 0.3 : 0.5) * (0.8 + 0.4 * random());
      lay(drums, hat(random, 0.025), atS + at * beatS + loose(0.006), level, -0.3);
    }
  }

  const song = silence(seconds);
  const sing = (text: string, bar: number, gain: number): void => {
    for (const { at, length, hz } of line(text)) {
      const late = at % 1 === 0.5 ? swing - 0.5 : 0;
      lay(
        song,
        vibes(hz, length * beatS),
        bar * barS + (at + late) * beatS + loose(0.01),
        gain,
        0.15,
      );
    }
  };
  sing(tune, 2, 0.21);
  sing(reply, 10, 0.2);
  sing(tune.split('|').slice(0, 4).join('|'), 18, 0.19);
  sing('-/1 A4/.5 C5/.5 E5/2 | D5/4', 22, 0.16);

  duck(keys, kicks, 0.18, 0.25);
  filter(keys, 'low-pass', 4_600);
  filter(keys, 'high-pass', 150);
  filter(drums, 'low-pass', 9_500);
  const band = silence(seconds);
  blend(band, keys, 0.85);
  blend(band, room(keys, 0.5, 0.6), 0.6);
  blend(band, low, 0.66);
  blend(band, drums, 0.9);
  blend(band, room(drums, 0.25, 0.6), 0.35);
  blend(band, song, 1.05);
  blend(band, echoes(song, beatS * 0.75, 0.35), 0.25);
  blend(band, room(song, 0.7, 0.5), 0.7);
  blend(mix, tape(band, 0.0009), 1);
  filter(mix, 'low-pass', 12_000);
  blend(mix, rain(seconds, random), 0.75);
  return mix;
}

/** Rain on glass: a wide hush that comes and goes, and single drops. */
function rain(seconds: number, random: () => number): Stereo {
  const bus = silence(seconds);
  for (const samples of [bus.left, bus.right]) {
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame] = (random() * 2 - 1) * 0.035;
  }
  filter(bus, 'low-pass', 5_500);
  filter(bus, 'high-pass', 700);
  shape(bus, (sample, timeS) => sample * (0.8 + 0.2 * Math.sin(timeS * 0.55)));
  for (let timeS = 0; timeS < seconds - 0.1; timeS += 0.02 + random() * 0.13) {
    lay(
      bus,
      drop(700 + random() * 2_600),
      timeS,
      0.012 + 0.05 * random() ** 3,
      random() * 1.8 - 0.9,
    );
  }
  return bus;
}

function drop(hz: number): Float32Array {
  return Float32Array.from({ length: Math.round(0.03 * sampleRate) }, (_, frame) => {
    const timeS = frame / sampleRate;
    return Math.sin(2 * Math.PI * hz * (1 + timeS * 6) * timeS) * Math.exp(-timeS / 0.005);
  });
}
