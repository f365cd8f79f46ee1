import { BehaviorSubject } from 'rxjs';
import type {
  CalibrateOptions,
  Calibration,
  SoundDevice,
  SoundOutput,
} from '../../../sdk/index.ts';

/** A loudspeaker without sound, moved by hand. */
export class FakeSoundDevice implements SoundDevice {
  readonly calls: string[] = [];
  readonly output$: BehaviorSubject<SoundOutput> = new BehaviorSubject<SoundOutput>({
    deviceId: '',
    label: null,
    latencyMs: 0,
  });
  known: readonly SoundOutput[] = [];
  /** Settles the measurement that is under way. */
  settle: { resolve(found: Calibration): void; reject(error: Error): void } = {
    resolve() {},
    reject() {},
  };
  progress: (fraction: number) => void = () => {};

  async outputs(): Promise<readonly SoundOutput[]> {
    return this.known;
  }
  async chooseOutput(deviceId?: string): Promise<void> {
    this.calls.push(`choose ${deviceId ?? 'by picker'}`);
  }
  calibrate({ onProgress, signal }: CalibrateOptions = {}): Promise<Calibration> {
    this.calls.push('calibrate');
    this.progress = onProgress ?? this.progress;
    const { promise, resolve, reject } = Promise.withResolvers<Calibration>();
    this.settle = { resolve, reject };
    signal?.addEventListener('abort', () => reject(signal.reason));
    return promise;
  }
  chirp(): () => void {
    return () => {};
  }
  async hearChirps(): Promise<() => void> {
    return () => {};
  }
}
