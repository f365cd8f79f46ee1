import type { Dictionary } from '../shared/words.ts';

/** What the sheet says in which this device's sound is set. */
export interface SettingsWords {
  readonly output: string;
  readonly systemChoice: string;
  readonly choose: string;
  readonly latency: string;
  readonly latencyHint: string;
  readonly earlier: string;
  readonly later: string;
  readonly measure: string;
  readonly measureHint: string;
  readonly measuring: string;
  readonly cancel: string;
  readonly measured: (ms: string, spread: string) => string;
  readonly use: string;
  readonly leave: string;
  readonly used: string;
  readonly awake: string;
  readonly failed: string;
  /** In place of the SDK's own reasons, which are English. */
  readonly why?: Readonly<Record<'forbidden' | 'not-found' | 'unavailable', string>>;
}

export const settingsWords: Dictionary<SettingsWords> = {
  of: 'player/settings',
  en: {
    output: 'Loudspeaker',
    systemChoice: 'As the system has it',
    choose: 'Choose another…',
    latency: 'Delay, in ms',
    latencyHint:
      'How much later than the others this loudspeaker is heard. Bluetooth often takes 100 to 300. Each loudspeaker keeps its own.',
    earlier: '5 ms less',
    later: '5 ms more',
    measure: 'Measure with the microphone',
    measureHint:
      'Ten chirps, nine seconds. Turn the sound up, hold the loudspeaker near, and pause the music.',
    measuring: 'Listening to the chirps…',
    cancel: 'Cancel',
    measured: (ms, spread) => `It is heard ${ms} ms late, ± ${spread}. Use that?`,
    use: 'Use it',
    leave: 'Leave as it is',
    used: 'Kept for this loudspeaker.',
    awake: 'Keep the screen on while it plays',
    failed: 'That did not work. Try again.',
  },
};
