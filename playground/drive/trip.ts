/** How far a car has come: a point in route time that runs while it drives. */
export interface Trip {
  readonly timeS: number;
  readonly driving: boolean;
  /** Route seconds to a second. */
  readonly speed: number;
}

export const parked: Trip = { timeS: 0, driving: false, speed: 5 };

/** The trip `elapsedMs` later; it ends, and the car stops, at the route's end. */
export function advance(trip: Trip, elapsedMs: number, durationS: number): Trip {
  if (!trip.driving) return trip;
  const timeS = trip.timeS + (elapsedMs / 1000) * trip.speed;
  return timeS < durationS ? { ...trip, timeS } : { ...trip, timeS: durationS, driving: false };
}

/** Sets off, from the start again when the last trip had come to its end. */
export function setOff(trip: Trip, durationS: number): Trip {
  return { ...trip, timeS: trip.timeS >= durationS ? 0 : trip.timeS, driving: true };
}

export function pause(trip: Trip): Trip {
  return { ...trip, driving: false };
}
