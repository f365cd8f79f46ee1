import type { Config } from '../../config/config.ts';

/** One thing that was looked at. `note` is worth knowing and stops nothing. */
export interface Finding {
  readonly check: string;
  readonly result: 'ok' | 'note' | 'failed';
  /** What to do, where there is something to do. */
  readonly message: string;
}

/** Looks at one thing that the configuration names. It throws nothing: what is wrong is a finding. */
export type Check = (config: Config) => Promise<readonly Finding[]>;

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
