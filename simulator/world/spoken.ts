import { protocolVersion } from '../../sdk/protocol/version.ts';
import type { PushMessage } from '../../sdk/protocol/wire.ts';

/** A request as an app of another version would send it: its ops carry that version. */
export function spoken(event: string, payload: unknown, version: number): unknown {
  if (event !== 'push' || version === protocolVersion) return payload;
  const push = payload as PushMessage;
  return { ...push, runs: push.runs.map((run) => ({ ...run, version })) };
}
