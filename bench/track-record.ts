/** A playlist item as the harnesses append it, about 110 bytes of JSON. */
export interface TrackRecord {
  readonly id: string;
  readonly title: string;
  readonly uri: string;
  readonly by: string;
  /** Seconds. */
  readonly dur: number;
}

export function trackRecord(by: string, index: number): TrackRecord {
  return {
    id: `${by}-${String(index).padStart(6, '0')}`,
    title: `Track number ${index}`,
    uri: `https://cdn.example.com/audio/${by}/${index}.mp3`,
    by: `user-${by}`,
    dur: 180 + (index % 120),
  };
}
