// What a player needs once this device sounds, loaded beside the engine.
export { MediaSessionCard } from './media-session.ts';
export { volumeStyles, volumeView } from './volume.ts';
