import type { Dictionary } from '../shared/words.ts';

export interface VolumeWords {
  readonly volume: string;
  readonly mute: string;
  readonly unmute: string;
  readonly settings: string;
}

export const volumeWords: Dictionary<VolumeWords> = {
  of: 'player/volume',
  en: {
    volume: 'Volume on this device',
    mute: 'Mute this device',
    unmute: 'Unmute this device',
    settings: 'Sound on this device',
  },
};
