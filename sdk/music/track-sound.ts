/** The sound of one track, decoded as far as it is wanted. All lengths and places in seconds of the track. */
export interface TrackSound {
  readonly durationSeconds: number;
  /** The piece in which a place lies; the first or the last for what lies beyond. */
  indexAt(seconds: number): number;
  /** Where a piece begins; for one more than there are: where the last one ends. */
  startOf(index: number): number;
  /** Undefined until it is decoded. */
  piece(index: number): AudioBuffer | undefined;
  /** Decodes these, in this order, and lets the others go. */
  want(indices: readonly number[]): void;
  dispose(): void;
}

/** A track that is decoded as a whole: one piece, always there. */
export function wholeSound(buffer: AudioBuffer): TrackSound {
  return {
    durationSeconds: buffer.duration,
    indexAt: () => 0,
    startOf: (index) => (index > 0 ? buffer.duration : 0),
    piece: (index) => (index === 0 ? buffer : undefined),
    want() {},
    dispose() {},
  };
}
