import { BehaviorSubject } from 'rxjs';
import type { Listener, ListenerState, SoundDevice } from '../../../sdk/index.ts';

/** A Listener without sound, moved by hand. */
export class FakeListener implements Listener {
  readonly calls: string[] = [];
  readonly state$: BehaviorSubject<ListenerState> = new BehaviorSubject<ListenerState>({
    kind: 'idle',
  });
  readonly driftMs$: BehaviorSubject<number | null> = new BehaviorSubject<number | null>(null);
  readonly buffered$: BehaviorSubject<Listener['buffered$']['value']> = new BehaviorSubject<
    Listener['buffered$']['value']
  >([]);
  readonly engine = 'buffer';
  preferredEngine: Listener['preferredEngine'] = 'auto';
  volume = 1;
  muted = false;
  pan = 0;
  latencyMs = 0;
  keepAwake = false;
  /** What its `device()` gives; undefined: its code could not be fetched. */
  deviceParts: SoundDevice | undefined;

  async start(): Promise<void> {
    this.calls.push('start');
  }
  stop(): void {
    this.calls.push('stop');
  }
  async device(): Promise<SoundDevice | undefined> {
    this.calls.push('device');
    return this.deviceParts;
  }
}
