import type { KeyValue } from '../store/key-value.ts';

/** This device's volume, mute and balance. */
export interface Loudness {
  /** 0 … 1; kept across reloads. */
  volume: number;
  /** Kept across reloads. */
  muted: boolean;
  /** −1 left … 1 right. */
  pan: number;
  /** What is to be heard: the volume, 0 when muted. */
  readonly gain: number;
  /** @returns the node that sound goes into, on its way to the loudspeaker */
  connect(context: AudioContext): AudioNode;
}

const key = 'jamz:loudness';
/** Fast for a hand on a slider, slow enough not to crackle. */
const smoothingSeconds = 0.015;

/** Begins at full volume; what was kept is taken over as soon as it is read, unless it was changed meanwhile. */
export function createLoudness(preferences: KeyValue): Loudness {
  let volume = 1;
  let muted = false;
  let pan = 0;
  let isTouched = false;
  let context: AudioContext | undefined;
  let gainNode: GainNode | undefined;
  let panNode: StereoPannerNode | undefined;

  const apply = (): void => {
    if (!context) return;
    const { currentTime } = context;
    gainNode?.gain.setTargetAtTime(muted ? 0 : volume, currentTime, smoothingSeconds);
    panNode?.pan.setTargetAtTime(pan, currentTime, smoothingSeconds);
  };
  const keep = (): void => {
    isTouched = true;
    apply();
    preferences.set(key, { volume, muted }).catch(() => undefined);
  };
  preferences.get<unknown>(key).then(
    (kept) => {
      if (isTouched || !isKept(kept)) return;
      volume = bounded(kept.volume, 0);
      muted = kept.muted;
      apply();
    },
    () => undefined,
  );

  return {
    get volume() {
      return volume;
    },
    set volume(next) {
      volume = bounded(next, 0);
      keep();
    },
    get muted() {
      return muted;
    },
    set muted(next) {
      muted = next;
      keep();
    },
    get pan() {
      return pan;
    },
    set pan(next) {
      pan = bounded(next, -1);
      apply();
    },
    get gain() {
      return muted ? 0 : volume;
    },
    connect(made) {
      context = made;
      gainNode = made.createGain();
      gainNode.gain.value = muted ? 0 : volume;
      panNode = made.createStereoPanner();
      panNode.pan.value = pan;
      gainNode.connect(panNode).connect(made.destination);
      return gainNode;
    },
  };
}

function bounded(value: number, least: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(least, value)) : 1;
}

function isKept(value: unknown): value is { volume: number; muted: boolean } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'volume' in value &&
    typeof value.volume === 'number' &&
    'muted' in value &&
    typeof value.muted === 'boolean'
  );
}
