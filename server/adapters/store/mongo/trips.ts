import type { TripAnswerRecord, TripRecord, TripStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createTrips({ trips, tripAnswers }: Collections, gate: Gate): TripStore {
  return {
    async add(trip, atMost) {
      await gate.run((within) => trips.insertOne(tripDocument(trip), within));
      // Counted behind the write: of several that write at once, whoever counts last sees all of them. Nobody has the
      // code of one that is taken back.
      const { groupId, createdAtMs } = trip;
      const live = await gate.run((within) =>
        trips.countDocuments({ groupId, expiresAtMs: { $gt: createdAtMs } }, within),
      );
      if (live > atMost) await gate.run((within) => trips.deleteOne({ _id: trip.tripId }, within));
      return live <= atMost;
    },
    async byId(tripId) {
      return toTrip(await gate.run((within) => trips.findOne({ _id: tripId }, within)));
    },
    async byCodeHash(codeHash) {
      return toTrip(await gate.run((within) => trips.findOne({ codeHash }, within)));
    },
    async ofGroup(groupId, nowMs) {
      const found = await gate.run((within) =>
        trips
          .find({ groupId, expiresAtMs: { $gt: nowMs } }, within)
          .sort(oldestFirst)
          .toArray(),
      );
      return found.flatMap((document) => toTrip(document) ?? []);
    },
    async sharedBy(userId) {
      const found = await gate.run((within) =>
        trips.find({ sharedBy: userId }, within).sort(oldestFirst).toArray(),
      );
      return found.flatMap((document) => toTrip(document) ?? []);
    },
    async answer(said) {
      const { _id, ...answer } = tripAnswerDocument(said);
      await upserting(() =>
        gate.run((within) => tripAnswers.replaceOne({ _id }, answer, { ...within, upsert: true })),
      );
    },
    async answersTo(tripId) {
      const found = await gate.run((within) =>
        tripAnswers.find({ tripId }, within).sort({ userId: 1 }).toArray(),
      );
      return found.map(toTripAnswer);
    },
    async answersOf(userId) {
      const found = await gate.run((within) =>
        tripAnswers.find({ userId }, within).sort({ tripId: 1 }).toArray(),
      );
      return found.map(toTripAnswer);
    },
    async end(_id, atMs) {
      // The link first: what it leads to is gone with it, whatever comes between.
      await gate.run((within) =>
        trips.updateOne({ _id }, { $set: { title: null }, $min: { expiresAtMs: atMs } }, within),
      );
      await gate.run((within) => tripAnswers.deleteMany({ tripId: _id }, within));
    },
    async dropExpired(beforeMs) {
      const old = { expiresAtMs: { $lte: beforeMs } };
      const found = await gate.run((within) =>
        trips.find(old, { ...within, projection: { _id: 1 } }).toArray(),
      );
      if (found.length === 0) return;
      const ids = found.map(({ _id }) => _id);
      await gate.run((within) => tripAnswers.deleteMany({ tripId: { $in: ids } }, within));
      await gate.run((within) => trips.deleteMany({ _id: { $in: ids } }, within));
    },
  };
}

export function tripDocument({ tripId: _id, ...trip }: TripRecord): Documents['trips'] {
  return { _id, ...trip };
}

export function tripAnswerDocument(answer: TripAnswerRecord): Documents['tripAnswers'] {
  // Ids hold no spaces.
  return { _id: `${answer.tripId} ${answer.userId}`, ...answer };
}

const oldestFirst = { createdAtMs: 1, _id: 1 } as const;

function toTrip(document: Documents['trips'] | null): TripRecord | undefined {
  if (!document) return undefined;
  const { _id: tripId, ...trip } = document;
  return { tripId, ...trip };
}

function toTripAnswer({ _id: _, ...answer }: Documents['tripAnswers']): TripAnswerRecord {
  return answer;
}
