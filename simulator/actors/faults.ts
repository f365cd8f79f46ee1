import {
  newestAcceptedVersion,
  oldestAcceptedVersion,
  protocolVersion,
} from '../../sdk/protocol/version.ts';
import type { Referee } from '../invariants/referee.ts';
import { epochMs } from '../world/epoch.ts';
import type { Phone } from '../world/phone.ts';
import type { Random } from '../world/random.ts';
import type { ServerMachine } from '../world/server-process.ts';
import { calm } from '../world/wire.ts';
import type { World } from '../world/world.ts';
import { leaveAndReturn, removeAndReturn } from './membership.ts';
import type { Step } from './plan.ts';
import { putBack, restore } from './restore.ts';
import { tap } from './taps.ts';

/** Turns of the microtask queue within which whatever an event sets off is done. */
const deepestTurn = 25;
const yearMs = 365 * 24 * 3_600_000;

/** Makes a step of the plan happen, and end when it is due. */
export function strike(world: World, step: Step, chance: Random, referee: Referee): void {
  const phone = world.phones[step.who];
  const server = world.servers[step.who];
  const later = (run: () => void): void => void world.time.after(step.forMs, run);
  if (step.kind.startsWith('server') && server) strikeServer(world, server, step, chance, later);
  else if (step.kind === 'bus-loss') {
    world.bus.lossShare = chance.between(0.1, 1);
    later(() => {
      world.bus.lossShare = 0;
    });
  } else if (step.kind === 'tokens-expire') world.authority.expireAll(epochMs + world.time.nowMs);
  else if (step.kind === 'restore') restore(world, step, chance);
  else if (step.kind === 'older-store') putBack(world, step);
  else if (step.kind === 'remove') removeAndReturn(world, step, referee);
  else if (step.kind === 'leave') leaveAndReturn(world, step, chance, referee);
  else if (phone) strikePhone(world, phone, step, chance, referee, later);
}

function strikePhone(
  world: World,
  phone: Phone,
  step: Step,
  chance: Random,
  referee: Referee,
  later: (run: () => void) => void,
): void {
  const { wire, disk } = phone;
  switch (step.kind) {
    case 'tunnel': {
      // Some platforms notice that the network is gone, and tell.
      const told = chance.chance(0.5);
      wire.darken('both', true);
      if (told) phone.run?.surroundings.set(false);
      later(() => {
        wire.darken('none', true);
        phone.run?.surroundings.set(true);
      });
      return;
    }
    case 'reload-in-tunnel':
      wire.darken('both', true);
      phone.crash();
      phone.start();
      for (let taps = 1 + chance.below(4); taps > 0; taps--) {
        const at = chance.between(100, step.forMs);
        world.time.after(at, () =>
          tap(phone, chance.fork(`tap-${taps}`), referee, world.time.nowMs),
        );
      }
      later(() => {
        wire.darken('none', true);
        phone.run?.surroundings.wake();
      });
      return;
    case 'half-open':
      wire.darken(chance.pick(['up', 'down', 'both']), false);
      later(() => wire.darken('none', true));
      return;
    case 'break':
      wire.breakAll();
      return;
    case 'late-echo':
      phone.echo(chance);
      return;
    case 'captive':
      wire.condition.captive = true;
      later(() => {
        wire.condition.captive = false;
      });
      return;
    case 'lossy':
      wire.condition.lossShare = chance.between(0.02, 0.4);
      wire.condition.twiceShare = chance.between(0, 0.4);
      later(() => {
        wire.condition.lossShare = 0;
        wire.condition.twiceShare = 0;
      });
      return;
    case 'disorder':
      wire.condition.disorderMs = chance.between(20, 5_000);
      wire.condition.twiceShare = chance.between(0, 0.3);
      later(() => {
        wire.condition.disorderMs = 0;
        wire.condition.twiceShare = 0;
      });
      return;
    case 'slow-link':
      wire.condition.latencyMs = chance.between(20, 3_000);
      wire.condition.jitterMs = chance.between(0, 2_000);
      // One way is often far slower than the other, which no clock can see.
      wire.condition[chance.pick(['slowerUpMs', 'slowerDownMs'] as const)] = chance.between(
        0,
        3_000,
      );
      later(() => {
        const { latencyMs, jitterMs, slowerUpMs, slowerDownMs } = calm;
        Object.assign(wire.condition, { latencyMs, jitterMs, slowerUpMs, slowerDownMs });
      });
      return;
    case 'crash':
      phone.crash();
      later(() => phone.start());
      return;
    case 'crash-at-write':
      disk.condition.crashAtWrite = {
        when: chance.pick(['before', 'after']),
        crash: () => {
          phone.crash();
          later(() => phone.start());
        },
      };
      return;
    case 'crash-mid-turn':
      phone.run?.lifetime.interrupt(chance.below(deepestTurn), () => {
        phone.crash();
        later(() => phone.start());
      });
      return;
    case 'frozen-leader': {
      const frozen = phone.openAnother();
      const lingerMs = chance.between(0, 20_000);
      if (frozen) later(() => phone.others.thaw(frozen, lingerMs));
      return;
    }
    case 'second-tab': {
      const number = phone.run?.engine ? phone.beside.open() : undefined;
      if (number !== undefined) later(() => phone.beside.close(number));
      return;
    }
    case 'newer-app':
    case 'outdated-app': {
      const install = (version: number): void => {
        phone.crash();
        phone.version = version;
        phone.start();
      };
      install(step.kind === 'newer-app' ? newestAcceptedVersion : oldestAcceptedVersion - 1);
      later(() => install(protocolVersion));
      return;
    }
    case 'sleep': {
      const { run } = phone;
      run?.lifetime.sleep();
      later(() => {
        run?.lifetime.wake();
        if (run?.lifetime.alive) run.surroundings.wake();
      });
      return;
    }
    case 'clock-jump':
      phone.clock.jump(Math.floor(chance.between(-1, 1) * (chance.chance(0.5) ? yearMs : 600_000)));
      return;
    case 'evict':
      evict(phone, referee);
      phone.crash();
      later(() => phone.start());
      return;
    case 'disk-full':
    case 'disk-broken': {
      const what = step.kind === 'disk-full' ? 'full' : 'broken';
      disk.condition[what] = true;
      later(() => {
        disk.condition[what] = false;
      });
      return;
    }
    case 'slow-disk':
      disk.condition.slowestWriteMs = chance.between(50, 5_000);
      later(() => {
        disk.condition.slowestWriteMs = 2;
      });
      return;
    case 'switch-off': {
      phone.switch(false);
      later(() => phone.switch(true));
      return;
    }
    default:
      return;
  }
}

function evict(phone: Phone, referee: Referee): void {
  for (const deed of referee.book.deeds) {
    if (deed.phone === phone && deed.seq === 0) deed.gone ??= 'evicted';
  }
  referee.book.forgets(phone);
  phone.disk.evict();
}

function strikeServer(
  world: World,
  server: ServerMachine,
  step: Step,
  chance: Random,
  later: (run: () => void) => void,
): void {
  const crash = (): void => {
    server.crash();
    for (const { wire } of world.phones) if (wire.condition.dark === 'none') wire.breakAll();
    later(() => server.start());
  };
  switch (step.kind) {
    case 'server-crash':
      crash();
      return;
    case 'server-crash-at-append':
      server.condition.crashAtAppend = { when: chance.pick(['before', 'after']), crash };
      return;
    case 'server-crash-mid-turn':
      server.interrupt(chance.below(deepestTurn), crash);
      return;
    case 'server-unclear-write':
      server.unclear.next = chance.pick(['durable', 'lost']);
      return;
    case 'server-slow-disk':
      server.condition.slowestWriteMs = chance.between(50, 3_000);
      later(() => {
        server.condition.slowestWriteMs = 3;
      });
      return;
    case 'server-disk-full':
      server.condition.full = true;
      later(() => {
        server.condition.full = false;
      });
      return;
    case 'server-failing':
    case 'server-busy': {
      const what = step.kind === 'server-failing' ? 'failing' : 'busy';
      server[what] = true;
      later(() => {
        server[what] = false;
      });
      return;
    }
    case 'server-clock':
      server.clockOffMs = chance.between(-900, 900);
      return;
    default:
      return;
  }
}
