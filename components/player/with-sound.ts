import type { CSSResult } from 'lit';
import { settingsStyles } from './settings.ts';
import { soundStyles } from './sound-styles.ts';
import { volumeStyles } from './volume.ts';

// What a player needs once this device sounds, loaded beside the engine.
export { settingsView } from './settings.ts';
export { SoundFollowers } from './sound-followers.ts';
export { troubleView } from './trouble.ts';
export { volumeView } from './volume.ts';

export const styles: readonly CSSResult[] = [volumeStyles, soundStyles, settingsStyles];
