import { strike } from '../actors/faults.ts';
import { personAt } from '../actors/person.ts';
import type { FaultKind } from '../actors/plan.ts';
import { tap } from '../actors/taps.ts';
import type { Referee } from '../invariants/referee.ts';
import type { Phone } from '../world/phone.ts';
import { type Random, seeded } from '../world/random.ts';
import { calmPhone, calmServer } from '../world/weather.ts';
import type { WireCondition } from '../world/wire.ts';
import type { World } from '../world/world.ts';

/** Something that somebody does to the world by hand. Plain data: it can stand in an address. */
export type Injection =
  /** As the plan's own faults; what is left open (how lossy, which way) follows from the seed. */
  | {
      readonly kind: FaultKind;
      /** Which phone or server it strikes; the first by default. */
      readonly phone?: number;
      readonly server?: number;
      /** How long it lasts; a minute by default. */
      readonly durationMs?: number;
    }
  /** The network of one phone is like this until it is changed again. */
  | {
      readonly kind: 'weather';
      readonly phone: number;
      readonly weather: Partial<WireCondition>;
    }
  /** The phone's clock is set. */
  | { readonly kind: 'set-clock'; readonly phone: number; readonly byMs: number }
  /** Its person does something, or anything. */
  | { readonly kind: 'deed'; readonly phone: number; readonly what: DeedName }
  /** Everything about one phone or server is put right. */
  | { readonly kind: 'calm'; readonly phone?: number; readonly server?: number };

export type DeedName = 'anything' | 'add' | 'play' | 'pause' | 'say' | 'sync-now';

/** An injection and its time, to be kept for a replay. */
export type Injected = Injection & {
  /** Ms since the world began, whole. */
  readonly atMs: number;
};

/** Makes an injection happen now. */
export function happen(world: World, injection: Injection, dice: string, referee: Referee): void {
  const chance = seeded(dice);
  const phone = world.phones[injection.phone ?? 0];
  switch (injection.kind) {
    case 'weather':
      if (phone) changeWeather(phone, injection.weather);
      return;
    case 'set-clock':
      phone?.clock.jump(injection.byMs);
      return;
    case 'deed':
      if (phone) act(phone, injection.what, chance, referee, world.time.nowMs);
      return;
    case 'calm': {
      const server = world.servers[injection.server ?? -1];
      if (server) calmServer(server);
      else if (phone) calmPhone(phone);
      return;
    }
    default: {
      const { kind, server, durationMs = 60_000 } = injection;
      const who = kind.startsWith('server') ? (server ?? 0) : (injection.phone ?? 0);
      const step = { index: -1, atMs: world.time.nowMs, who, kind, dice, forMs: durationMs };
      strike(world, step, chance, referee);
    }
  }
}

/** @param weather how dark it is decides what is held back, so the wire is told of it first */
function changeWeather({ wire }: Phone, weather: Partial<WireCondition>): void {
  if (weather.dark !== undefined) wire.darken(weather.dark, true);
  Object.assign(wire.condition, weather);
}

function act(phone: Phone, what: DeedName, chance: Random, referee: Referee, nowMs: number): void {
  const { engine, run } = phone;
  if (!engine || run?.lifetime.asleep) return;
  const { commands } = personAt(phone, referee, chance, nowMs);
  switch (what) {
    case 'anything':
      tap(phone, chance, referee, nowMs);
      return;
    case 'add':
      commands.addTracks([
        {
          title: `Song ${chance.below(1_000)}`,
          durationMs: 60_000 + chance.below(240_000),
          url: 'https://music.example/song.mp3',
        },
      ]);
      return;
    case 'play':
      commands.play();
      return;
    case 'pause':
      commands.pause();
      return;
    case 'say':
      commands.send(`Hello ${chance.below(1_000)}`);
      return;
    case 'sync-now':
      engine.syncNow().catch(() => {});
  }
}
