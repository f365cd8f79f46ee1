import type { CSSResult } from 'lit';
import { soundStyles } from './sound-styles.ts';
import { volumeStyles } from './volume.ts';

// What a player needs once this device sounds, loaded beside the engine.
export { MediaSessionCard } from './media-session.ts';
export { PassOver } from './pass-over.ts';
export { troubleView } from './trouble.ts';
export { volumeView } from './volume.ts';

export const styles: readonly CSSResult[] = [volumeStyles, soundStyles];
