import { kick, rim, shaker } from './drums.ts';
import { echoes, filter, room } from './effects.ts';
import { chords, line } from './score.ts';
import { blend, lay, type Stereo, seeded, shape, silence } from './sound.ts';
import { type Patch, pluck, synth } from './voices.ts';

/** Six to the bar, in two groups of three. */
const eighthS = 0.315;
const barS = 6 * eighthS;

// Intro 0–3, verse 4–11, chorus 12–19, interlude 20–23, verse in two voices 24–31, outro 32–35.
const bars = 36;
const verse = chords(`G2 D3 G3 B3 D4 | F#2 D3 A3 D4 F#4 | E2 B2 G3 B3 E4 | C3 G3 C4 E4 G4 |
  B2 D3 G3 B3 D4 | A2 E3 A3 C4 E4 | C3 G3 C4 E4 G4 | D3 A3 D4 F#4 A4`);
const chorus = chords(`E2 B2 G3 B3 E4 | C3 G3 C4 E4 G4 | G2 D3 G3 B3 D4 | D3 A3 D4 F#4 A4 |
  E2 B2 G3 B3 E4 | C3 G3 C4 E4 G4 | A2 E3 A3 D4 F#4 | G2 D3 G3 B3 D4`);
const opening = chords('G2 D3 G3 B3 D4 | C3 G3 C4 E4 G4 | G2 D3 G3 B3 D4 | D3 A3 D4 F#4 A4');
const between = chords('E2 B2 G3 B3 E4 | C3 G3 C4 E4 G4 | G2 D3 G3 B3 D4 | D3 A3 D4 F#4 A4');
const ending = chords('C3 G3 C4 E4 G4 | D3 A3 D4 F#4 A4 | G2 D3 G3 B3 D4 | G2 D3 G3 B3 D4');
const harmony = [...opening, ...verse, ...chorus, ...between, ...verse, ...ending];

const tune = `B4/2 D5/1 G5/2 A5/1 | F#5/3 D5/2 E5/1 | E5/2 F#5/1 G5/2 B4/1 | C5/3 E5/2 D5/1 |
  D5/2 B4/1 G4/2 A4/1 | C5/2 B4/1 A4/3 | E5/2 D5/1 C5/2 B4/1 | A4/5 -/1`;
const below = `G4/2 B4/1 D5/2 D5/1 | D5/3 A4/2 A4/1 | B4/2 B4/1 E5/2 G4/1 | G4/3 C5/2 C5/1 |
  B4/2 G4/1 D4/2 D4/1 | A4/2 G4/1 E4/3 | C5/2 B4/1 G4/2 G4/1 | F#4/5 -/1`;
const refrain = `G5/2 F#5/1 E5/2 B4/1 | C5/2 D5/1 E5/3 | D5/2 E5/1 D5/2 B4/1 | A4/3 D5/3 |
  G5/2 A5/1 B5/2 G5/1 | E5/2 F#5/1 G5/3 | C5/2 B4/1 A4/2 F#4/1 | G4/5 -/1`;

const bass: Patch = {
  oscillators: [
    { wave: 'triangle', cents: 0, gain: 0.8 },
    { wave: 'sine', cents: 0, gain: 0.5 },
  ],
  ...{ cutoffHz: 380, sweepHz: 700, sweepS: 0.05, resonance: 0.7 },
  ...{ attackS: 0.006, decayS: 0.45, sustain: 0.35, releaseS: 0.15 },
};

/** “Shoreline”: plucked strings in six-eight and a shaker, with the sea at both ends. */
export function shoreline(): Stereo {
  const seconds = bars * barS + 5;
  const random = seeded(68);
  const loose = (): number => (random() - 0.5) * 0.014;
  const mix = silence(seconds);

  const guitar = silence(seconds);
  const low = silence(seconds);
  const order = [0, 2, 3, 4, 3, 2];
  harmony.forEach((chord, bar) => {
    const atS = bar * barS;
    if (bar === bars - 1) {
      chord.forEach((noteHz, index) => {
        lay(guitar, pluck(noteHz, 4.5, 0.45, random), atS + index * 0.055, 0.42, index * 0.2 - 0.4);
      });
      lay(low, synth(bass, (chord[0] ?? 0) / 2, 2.5), atS, 0.45);
      return;
    }
    order.forEach((string, eighth) => {
      const accent = eighth % 3 === 0 ? 0.48 : 0.34 + 0.05 * random();
      const voice = pluck(chord[string] ?? 0, 2.4, 0.42 + 0.06 * random(), random);
      lay(guitar, voice, atS + eighth * eighthS + loose(), accent, string * 0.16 - 0.45);
    });
    if (bar >= 8 && (bar < 20 || bar >= 24)) {
      const root = chord[0] ?? 0;
      const lowHz = root > 100 ? root / 2 : root;
      lay(low, synth(bass, lowHz, eighthS * 2.6), atS, 0.5);
      lay(low, synth(bass, lowHz * (bar % 2 ? 1.5 : 1), eighthS * 1.6), atS + 3 * eighthS, 0.36);
    }
  });

  const hands = silence(seconds);
  const box = kick(78, 0.07);
  for (let bar = 8; bar < 34; bar++) {
    const atS = bar * barS;
    const quiet = bar >= 20 && bar < 24;
    for (let eighth = 0; eighth < 6; eighth++) {
      const level = (eighth % 3 === 0 ? 0.17 : 0.09) * (quiet ? 0.7 : 1);
      lay(
        hands,
        shaker(random, eighthS * 0.55),
        atS + eighth * eighthS - 0.03 + loose(),
        level,
        0.35,
      );
    }
    if (quiet || bar >= 32) continue;
    lay(hands, box, atS + loose(), 0.5, -0.05);
    if (bar % 2) lay(hands, box, atS + 5 * eighthS + loose(), 0.28, -0.05);
    lay(hands, rim(), atS + 3 * eighthS + loose(), 0.3, -0.2);
    if (bar >= 12) lay(hands, rim(), atS + 4 * eighthS + loose(), 0.09, -0.25);
  }

  const song = silence(seconds);
  const sing = (text: string, bar: number, gain: number, pan: number): void => {
    for (const { at, length, hz } of line(text)) {
      const atS = bar * barS + at * eighthS + loose();
      // A pair of strings, not quite in tune with each other.
      lay(song, pluck(hz * 1.0015, length * eighthS + 0.9, 0.72, random), atS, gain, pan);
      lay(
        song,
        pluck(hz * 0.9985, length * eighthS + 0.9, 0.72, random),
        atS + 0.009,
        gain * 0.8,
        pan,
      );
    }
  };
  sing(tune, 4, 0.4, 0.15);
  sing(refrain, 12, 0.42, 0.15);
  sing(tune, 24, 0.4, 0.25);
  sing(below, 24, 0.3, -0.3);
  sing('E5/2 D5/1 C5/3 | D5/2 C5/1 A4/3 | B4/6', 32, 0.34, 0.15);

  filter(guitar, 'high-pass', 75);
  filter(song, 'high-pass', 200);
  blend(mix, guitar, 0.9);
  blend(mix, room(guitar, 0.55, 0.5), 0.8);
  blend(mix, low, 0.6);
  blend(mix, hands, 0.85);
  blend(mix, room(hands, 0.35, 0.5), 0.5);
  blend(mix, song, 0.8);
  blend(mix, room(song, 0.7, 0.4), 1);
  blend(mix, echoes(song, eighthS * 3, 0.25), 0.12);
  blend(mix, sea(seconds, random), 1);
  return mix;
}

/** Waves that roll in every few seconds, loud at the ends and far away while the band plays. */
function sea(seconds: number, random: () => number): Stereo {
  const bus = silence(seconds);
  for (const samples of [bus.left, bus.right]) {
    for (let frame = 0; frame < samples.length; frame++) samples[frame] = (random() * 2 - 1) * 0.22;
  }
  filter(bus, 'low-pass', 1_300);
  filter(bus, 'high-pass', 160);
  shape(bus, (sample, timeS) => {
    const wave = 0.25 + 0.75 * Math.max(0, Math.sin((2 * Math.PI * timeS) / 6.8)) ** 2.2;
    const near = Math.max(Math.exp(-timeS / 5), Math.exp(-(seconds - timeS) / 4));
    return sample * wave * (0.1 + 0.9 * near);
  });
  return bus;
}
