import { oldestAcceptedVersion, protocolVersion } from '../../sdk/protocol/version.ts';
import type { Phone } from './phone.ts';
import type { ServerMachine } from './server-process.ts';
import { calm } from './wire.ts';
import type { World } from './world.ts';

/** Nothing is wrong between this phone and the servers, and nothing of the phone's own. */
export function isCalm(
  { wire, disk, run, screen, isSwitchedOff, version }: Phone,
  { servers }: World,
): boolean {
  if (isSwitchedOff || version < oldestAcceptedVersion) return false;
  const { condition } = wire;
  if (condition.dark !== 'none' || condition.captive || condition.lossShare > 0) return false;
  if (condition.disorderMs > 0 || condition.latencyMs > 500) return false;
  if (disk.condition.slowestWriteMs > 100 || run?.lifetime.asleep) return false;
  if (screen.steadySinceMs === undefined) return false;
  return servers.every(
    ({ up, failing, busy, condition: { full, slowestWriteMs } }) =>
      up && !failing && !busy && !full && slowestWriteMs < 100,
  );
}

/** Puts right what is wrong with a phone: network, storage, sleep, and the app is open. */
export function calmPhone(phone: Phone): void {
  phone.run?.lifetime.spare();
  phone.wire.darken('none', true);
  Object.assign(phone.wire.condition, calm);
  Object.assign(phone.disk.condition, {
    ...{ slowestWriteMs: 2, full: false, broken: false, crashAtWrite: undefined },
  });
  phone.others.settle();
  phone.screen.setHabit('always');
  if (phone.version !== protocolVersion) {
    phone.crash();
    phone.version = protocolVersion;
  }
  phone.start();
  phone.run?.lifetime.wake();
  phone.switch(true);
  phone.run?.surroundings.set(true);
}

/** Puts right what is wrong with a server, and its process runs. */
export function calmServer(server: ServerMachine): void {
  Object.assign(server.condition, { slowestWriteMs: 3, full: false, crashAtAppend: undefined });
  server.unclear.next = undefined;
  Object.assign(server, { failing: false, busy: false });
  server.start();
}
