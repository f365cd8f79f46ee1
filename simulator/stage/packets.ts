import type { Packet } from '../world/wire.ts';
import type { World } from '../world/world.ts';

/** A message on its way, and whose. */
export interface PacketView extends Packet {
  /** Unique in its run. */
  readonly id: number;
  readonly phone: number;
}

/** How long one that is lost on the way is still to be seen. */
const fadingMs = 400;

/** Keeps account of every message between its departure and its arrival. */
export class PacketBook {
  readonly #world: World;
  #packets: PacketView[] = [];
  #count = 0;

  constructor(world: World) {
    this.#world = world;
    for (const [phone, { wire }] of world.phones.entries()) {
      wire.onPacket = (packet) => {
        this.#count += 1;
        this.#packets.push({ ...packet, id: this.#count, phone });
        // Nobody may look for a long time.
        if (this.#packets.length % 1_000 === 0) this.#prune();
      };
    }
  }

  /** Oldest first. */
  underWay(): readonly PacketView[] {
    this.#prune();
    return this.#packets;
  }

  #prune(): void {
    const { nowMs } = this.#world.time;
    this.#packets = this.#packets.filter(
      ({ arrivesMs, sentMs }) => (arrivesMs ?? sentMs + fadingMs) >= nowMs,
    );
  }
}
