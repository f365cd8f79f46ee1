import type { Dictionary } from '../shared/words.ts';

/** What the keys do. */
export type KeyNames = Readonly<
  Record<'toggle' | 'step' | 'jump' | 'volume' | 'mute' | 'help', string>
>;

export const keyNames: Dictionary<KeyNames> = {
  of: 'player/keys',
  en: {
    toggle: 'Play or pause',
    step: 'Back or forward 5 seconds',
    jump: 'Back or forward 10 seconds',
    volume: 'Louder or quieter',
    mute: 'Mute or unmute this device',
    help: 'Show these shortcuts',
  },
};
