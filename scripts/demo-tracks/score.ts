/** One note of a line. Times in beats, or whatever the line counts in. */
export interface Note {
  readonly at: number;
  readonly length: number;
  readonly hz: number;
}

const semitones: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Frequency of a note as `F#4` or `Bb2`; A4 is 440 Hz. */
export function hz(name: string): number {
  const [, letter = '', accidental = '', octave = ''] = /^([A-G])([#b]?)(\d)$/.exec(name) ?? [];
  const step = semitones[letter];
  if (step === undefined) throw new Error(`Not a note: ${name}`);
  const shift = accidental === '#' ? 1 : accidental === 'b' ? -1 : 0;
  return 440 * 2 ** ((step + shift - 9 + 12 * (Number(octave) - 4)) / 12);
}

/** Reads `F#5/1.5 E5/.5 -/2`: notes with their lengths, `-` for a rest, `|` for the eye. */
export function line(text: string, at = 0): Note[] {
  const notes: Note[] = [];
  let now = at;
  for (const word of text.split(/[\s|]+/).filter(Boolean)) {
    const [name = '', length = ''] = word.split('/');
    const beats = Number(length);
    if (!(beats > 0)) throw new Error(`Not a length: ${word}`);
    if (name !== '-') notes.push({ at: now, length: beats, hz: hz(name) });
    now += beats;
  }
  return notes;
}

/** Reads `D3 F#3 A3 | C#3 E3 A3`: one chord to a bar, lowest note first. */
export function chords(text: string): number[][] {
  return text.split('|').map((bar) => bar.trim().split(/\s+/).map(hz));
}
