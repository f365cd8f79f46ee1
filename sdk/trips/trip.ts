export type * from '../protocol/trip.ts';
