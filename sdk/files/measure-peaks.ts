import type { Http } from '../auth/http.ts';
import { PeakMeter } from '../protocol/peaks.ts';
import type { UploadedFile } from './upload.ts';

/** Decodes a sound file and measures it; values 0 … 1. Rejects for a file that this browser cannot decode. */
export type MeasurePeaks = (
  file: Blob,
) => Promise<{ readonly peaks: readonly number[]; readonly durationMs: number }>;

/** Larger files would take more memory than a phone's page may have: 25 MB of MP3 are half a gigabyte decoded. */
const maxMeasuredBytes = 25_000_000;
const sliceFrames = 262_144;

/**
 * Gives the server the peaks of a file that it could not measure itself. Peaks are an ornament: what fails here is
 * left for the next who has the file.
 */
export async function offerPeaks(
  http: Http,
  measure: MeasurePeaks,
  file: Blob,
  { fileId }: UploadedFile,
): Promise<void> {
  if (file.size > maxMeasuredBytes) return;
  try {
    const path = `files/${encodeURIComponent(fileId)}/peaks`;
    const known = await http('GET', path, undefined, { expects: isPeaks });
    if (known.peaks !== null) return;
    const measured = await measure(file);
    if (measured.peaks.length > 0) await http('PUT', path, measured);
  } catch {
    // As said above.
  }
}

/** Through the browser's own decoders; undefined where there are none, as in Node. */
export function browserPeaks(): MeasurePeaks | undefined {
  if (typeof OfflineAudioContext === 'undefined') return undefined;
  return async (file) => {
    const context = new OfflineAudioContext(1, 1, 44_100);
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    const channels = Array.from({ length: sound.numberOfChannels }, (_, index) =>
      sound.getChannelData(index),
    );
    const meter = new PeakMeter();
    for (let from = 0; from < sound.length; from += sliceFrames) {
      meter.add(channels.map((channel) => channel.subarray(from, from + sliceFrames)));
      // A few milliseconds at a time: the page keeps answering taps.
      await new Promise((resolve) => setTimeout(resolve));
    }
    return { peaks: meter.peaks(), durationMs: Math.round(sound.duration * 1000) };
  };
}

function isPeaks(json: unknown): json is { peaks: readonly number[] | null } {
  return typeof json === 'object' && json !== null && 'peaks' in json;
}
