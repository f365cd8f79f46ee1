import { clap, hat, kick, snare, tom } from './drums.ts';
import { duck, echoes, filter, room } from './effects.ts';
import { chords, hz, line } from './score.ts';
import { blend, lay, rise, type Stereo, seeded, shape, silence } from './sound.ts';
import { type Patch, synth } from './voices.ts';

const beatS = 60 / 112;
const barS = 4 * beatS;

// Intro 0–3, verse 4–11, chorus 12–19, break 20–23, last chorus 24–31, outro 32–35.
const bars = 36;
const driving = (bar: number): boolean => (bar >= 4 && bar < 20) || (bar >= 24 && bar < 32);

const cycle = chords(`D3 A3 E4 F#4 | C#3 A3 C#4 E4 | B2 A3 D4 F#4 | G2 B3 D4 F#4 |
  D3 A3 D4 F#4 | F#2 A3 C#4 E4 | G2 B3 D4 E4 | A2 A3 D4 E4`);
const rest = chords('B2 A3 D4 F#4 | A2 A3 C#4 E4 | G2 B3 D4 F#4 | A2 A3 D4 E4');
const home = chords('D3 A3 D4 F#4 | C#3 A3 C#4 E4 | G2 B3 D4 F#4 | D3 A3 D4 F#4');
const harmony = [...cycle.slice(0, 4), ...cycle, ...cycle, ...rest, ...cycle, ...home];

const tune = `F#5/1.5 E5/.5 D5/1 A4/1 | E5/1.5 D5/.5 C#5/2 | D5/.5 E5/.5 F#5/1 A5/1 F#5/1 | E5/1 D5/1 B4/2 |
  A4/.5 D5/.5 F#5/1 A5/1.5 G5/.5 | F#5/2 E5/1 C#5/1 | D5/1.5 B4/.5 D5/1 E5/1 | F#5/.5 E5/2.5 -/1`;
const second = `A5/1.5 G5/.5 F#5/1 D5/1 | C#5/1.5 B4/.5 A4/2 | B4/.5 C#5/.5 D5/1 F#5/1 D5/1 | B4/1 B4/1 G4/2 |
  F#4/.5 A4/.5 D5/1 F#5/1.5 E5/.5 | C#5/2 C#5/1 A4/1 | B4/1.5 G4/.5 B4/1 B4/1 | D5/.5 C#5/2.5 -/1`;
const hook =
  '-/2 A5/.5 F#5/.5 E5/1 | -/2 E5/.5 C#5/.5 A4/1 | -/2 F#5/.5 D5/.5 B4/1 | -/2 D5/1 E5/1';

const pad: Patch = {
  oscillators: [-11, -4, 5, 12].map((cents) => ({ wave: 'saw', cents, gain: 0.25 })),
  ...{ cutoffHz: 2_100, sweepHz: 1_200, sweepS: 0.8, resonance: 0.7 },
  ...{ attackS: 0.25, decayS: 2, sustain: 0.8, releaseS: 0.7 },
};
const bass: Patch = {
  oscillators: [
    { wave: 'saw', cents: 0, gain: 0.6 },
    { wave: 'square', cents: 6, gain: 0.25 },
    { wave: 'sine', cents: 0, gain: 0.5 },
  ],
  ...{ cutoffHz: 320, sweepHz: 1_300, sweepS: 0.07, resonance: 1.1 },
  ...{ attackS: 0.003, decayS: 0.2, sustain: 0.55, releaseS: 0.05 },
};
const arpeggio: Patch = {
  oscillators: [
    { wave: 'square', cents: -5, gain: 0.4 },
    { wave: 'saw', cents: 5, gain: 0.4 },
  ],
  ...{ cutoffHz: 1_300, sweepHz: 5_200, sweepS: 0.06, resonance: 1.4 },
  ...{ attackS: 0.002, decayS: 0.09, sustain: 0.12, releaseS: 0.09 },
};
const lead: Patch = {
  oscillators: [
    { wave: 'saw', cents: -7, gain: 0.4 },
    { wave: 'saw', cents: 7, gain: 0.4 },
    { wave: 'square', cents: -1200, gain: 0.2 },
  ],
  ...{ cutoffHz: 3_400, sweepHz: 2_600, sweepS: 0.25, resonance: 0.9 },
  ...{ attackS: 0.012, decayS: 0.8, sustain: 0.75, releaseS: 0.18, vibratoCents: 9 },
};

/** “Sunline”: a bright synthesiser groove for a straight road. */
export function sunline(): Stereo {
  const seconds = bars * barS + 2.5;
  const random = seeded(112);
  const mix = silence(seconds);
  const kicks: number[] = [];

  const drums = silence(seconds);
  const snares = silence(seconds);
  const [drum, closed, open] = [kick(49, 0.13), hat(random, 0.03), hat(random, 0.12)];
  for (let bar = 2; bar < 33; bar++) {
    const atS = bar * barS;
    const fill = bar === 11 || bar === 19 || bar === 31;
    for (let beat = 0; beat < 4; beat++) {
      const beatAtS = atS + beat * beatS;
      if (driving(bar)) {
        kicks.push(beatAtS);
        lay(drums, drum, beatAtS, 0.95);
        if (beat % 2 === 1) {
          lay(snares, snare(random, 0.07, 0.5), beatAtS, 0.52);
          lay(snares, clap(random), beatAtS, 0.3, 0.15);
        }
      }
      if (bar < 20 || bar >= 24) {
        for (let eighth = 0; eighth < 2; eighth++) {
          const level = eighth === 1 ? 0.36 : 0.22;
          const cymbal = eighth === 1 && driving(bar) ? open : closed;
          lay(drums, cymbal, beatAtS + (eighth * beatS) / 2, level, 0.25);
        }
      }
    }
    if (fill) {
      for (const [step, drumHz] of [
        [10, 150],
        [11, 150],
        [12, 120],
        [13, 120],
        [14, 92],
        [15, 92],
      ] as const) {
        lay(drums, tom(drumHz), atS + (step * beatS) / 4, 0.4, step % 2 ? 0.4 : -0.4);
      }
    }
  }
  // The break's snares gather speed into the last chorus.
  for (let step = 0; step < 16; step++) {
    lay(snares, snare(random, 0.05, 0.4), 23 * barS + (step * beatS) / 4, 0.08 + step * 0.018);
  }

  const pads = silence(seconds);
  const sequence = silence(seconds);
  const low = silence(seconds);
  const order = [0, 1, 2, 3, 2, 1, 2, 3, 1, 2, 3, 4, 3, 2, 3, 1];
  harmony.forEach((chord, bar) => {
    const atS = bar * barS;
    const [root = 0, ...upper] = chord;
    const holdS = bar === bars - 1 ? barS * 1.4 : barS * 0.97;
    upper.forEach((noteHz, index) => {
      lay(pads, synth(pad, noteHz, holdS), atS, 0.2, (index - 1) * 0.55);
    });
    lay(pads, synth(pad, root, holdS), atS, 0.16);
    const tones = [...upper, (upper[0] ?? 0) * 2, (upper[1] ?? 0) * 2].map((noteHz) => noteHz * 2);
    if (bar < 34) {
      order.forEach((tone, step) => {
        const accent = step % 4 === 0 ? 0.15 : 0.1;
        const voice = synth(arpeggio, tones[tone] ?? 0, beatS * 0.2);
        lay(sequence, voice, atS + (step * beatS) / 4, accent, step % 2 ? 0.45 : -0.45);
      });
    }
    if (driving(bar)) {
      const lowHz = root > hz('E2') * 1.01 ? root / 2 : root;
      for (let eighth = 0; eighth < 8; eighth++) {
        const octave = eighth === 3 || eighth === 6 ? 2 : 1;
        const voice = synth(bass, lowHz * octave, beatS * 0.4);
        lay(low, voice, atS + (eighth * beatS) / 2, eighth % 2 ? 0.4 : 0.46);
      }
    }
  });
  // The intro comes up out of the distance, like a car's radio over a hill.
  shape(sequence, (sample, timeS) => sample * (0.25 + 0.75 * rise(timeS, 0, 4 * barS)));

  const song = silence(seconds);
  const sing = (text: string, bar: number, gain: number, pan: number): void => {
    for (const { at, length, hz: noteHz } of line(text)) {
      lay(song, synth(lead, noteHz, length * beatS * 0.92), bar * barS + at * beatS, gain, pan);
    }
  };
  sing(hook, 8, 0.12, 0.2);
  sing(tune, 12, 0.24, 0);
  sing(tune, 24, 0.24, -0.12);
  sing(second, 24, 0.14, 0.3);
  sing('D5/4 | C#5/4 | B4/2 D5/2 | A4/4', 32, 0.13, 0);

  duck(pads, kicks, 0.55, beatS * 0.9);
  duck(low, kicks, 0.5, beatS * 0.45);
  filter(pads, 'high-pass', 140);
  filter(sequence, 'high-pass', 250);
  blend(mix, drums, 0.9);
  blend(mix, snares, 0.85);
  blend(mix, room(snares, 0.55, 0.25), 0.9);
  blend(mix, low, 0.7);
  blend(mix, pads, 0.75);
  blend(mix, room(pads, 0.8, 0.4), 0.8);
  blend(mix, sequence, 0.85);
  blend(mix, echoes(sequence, beatS * 0.75, 0.45), 0.3);
  blend(mix, song, 0.9);
  blend(mix, echoes(song, beatS * 0.75, 0.4), 0.3);
  blend(mix, room(song, 0.75, 0.35), 0.9);
  return mix;
}
