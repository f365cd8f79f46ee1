import type { DatabaseSync } from 'node:sqlite';
import type { TripAnswerRecord, TripRecord, TripStore } from '../../../ports/store.ts';
import { figure, type Row, text, textOrNull } from './rows.ts';
import type { WriteQueue } from './write-queue.ts';

export function createTrips(database: DatabaseSync, queue: WriteQueue): TripStore {
  const countOf = database.prepare(
    'SELECT count(*) AS live FROM trips WHERE group_id = ? AND expires_at_ms > ?',
  );
  const put = database.prepare(`
    INSERT INTO trips (trip_id, site_id, group_id, code_hash, title, from_ms, until_ms, shared_by, incarnation,
      created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const byId = database.prepare('SELECT * FROM trips WHERE trip_id = ?');
  const byCodeHash = database.prepare('SELECT * FROM trips WHERE code_hash = ?');
  const ofGroup = database.prepare(`
    SELECT * FROM trips WHERE group_id = ? AND expires_at_ms > ? ORDER BY created_at_ms, trip_id`);
  const sharedBy = database.prepare(
    'SELECT * FROM trips WHERE shared_by = ? ORDER BY created_at_ms, trip_id',
  );
  const answer = database.prepare(`
    INSERT OR REPLACE INTO trip_answers (trip_id, user_id, incarnation, answer, at_ms) VALUES (?, ?, ?, ?, ?)`);
  const answersTo = database.prepare(
    'SELECT * FROM trip_answers WHERE trip_id = ? ORDER BY user_id',
  );
  const answersOf = database.prepare(
    'SELECT * FROM trip_answers WHERE user_id = ? ORDER BY trip_id',
  );
  const end = database.prepare(`
    UPDATE trips SET title = NULL, expires_at_ms = min(expires_at_ms, ?2) WHERE trip_id = ?1`);
  const dropAnswers = database.prepare('DELETE FROM trip_answers WHERE trip_id = ?');
  const dropOldAnswers = database.prepare(`
    DELETE FROM trip_answers WHERE trip_id IN (SELECT trip_id FROM trips WHERE expires_at_ms <= ?)`);
  const dropOld = database.prepare('DELETE FROM trips WHERE expires_at_ms <= ?');
  const one = (row: Row | undefined): TripRecord | undefined => row && toTrip(row);

  return {
    add(trip, atMost) {
      return queue.write(() => {
        const { tripId, siteId, groupId, codeHash, title, fromMs, untilMs } = trip;
        const { incarnation, createdAtMs, expiresAtMs } = trip;
        const live = figure(countOf.get(groupId, createdAtMs) ?? {}, 'live');
        if (live >= atMost) return false;
        const whose = [trip.sharedBy, incarnation, createdAtMs, expiresAtMs] as const;
        put.run(tripId, siteId, groupId, codeHash, title, fromMs, untilMs, ...whose);
        return true;
      });
    },
    async byId(tripId) {
      return queue.durable(one(byId.get(tripId)));
    },
    async byCodeHash(codeHash) {
      return queue.durable(one(byCodeHash.get(codeHash)));
    },
    async ofGroup(groupId, nowMs) {
      return queue.durable(ofGroup.all(groupId, nowMs).map(toTrip));
    },
    async sharedBy(userId) {
      return queue.durable(sharedBy.all(userId).map(toTrip));
    },
    answer(said) {
      return queue.write(() => {
        answer.run(said.tripId, said.userId, said.incarnation, said.answer, said.atMs);
      });
    },
    async answersTo(tripId) {
      return queue.durable(answersTo.all(tripId).map(toTripAnswer));
    },
    async answersOf(userId) {
      return queue.durable(answersOf.all(userId).map(toTripAnswer));
    },
    end(tripId, atMs) {
      return queue.write(() => {
        end.run(tripId, atMs);
        dropAnswers.run(tripId);
      });
    },
    dropExpired(beforeMs) {
      return queue.write(() => {
        dropOldAnswers.run(beforeMs);
        dropOld.run(beforeMs);
      });
    },
  };
}

export function toTrip(row: Row): TripRecord {
  return {
    tripId: text(row, 'trip_id'),
    siteId: text(row, 'site_id'),
    groupId: text(row, 'group_id'),
    codeHash: text(row, 'code_hash'),
    title: textOrNull(row, 'title'),
    fromMs: figure(row, 'from_ms'),
    untilMs: figure(row, 'until_ms'),
    sharedBy: text(row, 'shared_by'),
    incarnation: figure(row, 'incarnation'),
    createdAtMs: figure(row, 'created_at_ms'),
    expiresAtMs: figure(row, 'expires_at_ms'),
  };
}

export function toTripAnswer(row: Row): TripAnswerRecord {
  return {
    tripId: text(row, 'trip_id'),
    userId: text(row, 'user_id'),
    incarnation: figure(row, 'incarnation'),
    // What we wrote is one of the two; anything else is no consent.
    answer: text(row, 'answer') === 'yes' ? 'yes' : 'no',
    atMs: figure(row, 'at_ms'),
  };
}

/** A step of the schema; see `migrations.ts`. */
export const tripsSchema = `
  CREATE TABLE trips (
    trip_id TEXT PRIMARY KEY,
    site_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    code_hash TEXT NOT NULL UNIQUE,
    title TEXT,
    from_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    shared_by TEXT NOT NULL,
    incarnation INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trips_by_group ON trips (group_id, expires_at_ms);
  CREATE INDEX trips_by_sharer ON trips (shared_by);
  CREATE INDEX trips_by_expiry ON trips (expires_at_ms);

  CREATE TABLE trip_answers (
    trip_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    incarnation INTEGER NOT NULL,
    answer TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (trip_id, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX trip_answers_by_user ON trip_answers (user_id);
`;
