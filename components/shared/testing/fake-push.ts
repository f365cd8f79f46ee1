import { BehaviorSubject } from 'rxjs';
import type { Push, PushPreferences, PushState } from '../../../sdk/index.ts';

/** Push messages to a browser that does what a test says. */
export class FakePush implements Push {
  readonly calls: string[] = [];
  readonly state$: BehaviorSubject<PushState> = new BehaviorSubject<PushState>('off');
  wants: PushPreferences = {
    kinds: ['message', 'session-started', 'session-planned'],
    mutedGroups: [],
    quiet: null,
  };
  /** Thrown by the next switch. */
  failure: Error | undefined;

  async enable(): Promise<void> {
    this.calls.push('enable');
    if (this.failure) throw this.failure;
    this.state$.next('on');
  }
  async disable(): Promise<void> {
    this.calls.push('disable');
    this.state$.next('off');
  }
  async preferences(): Promise<PushPreferences> {
    return this.wants;
  }
  async prefer(patch: Partial<PushPreferences>): Promise<PushPreferences> {
    this.calls.push(`prefer ${JSON.stringify(patch)}`);
    this.wants = { ...this.wants, ...patch };
    return this.wants;
  }
}
