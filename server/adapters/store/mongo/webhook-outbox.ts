import type { Filter } from 'mongodb';
import type { WebhookDelivery, WebhookOutboxStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { isDuplicate, upserting } from './failures.ts';
import type { Gate } from './gate.ts';

type EventDocument = Documents['webhookEvents'];

export function createWebhookOutbox(
  { webhookEvents: events, webhookMarks: marks }: Collections,
  gate: Gate,
): WebhookOutboxStore {
  const claimOne = async (
    siteId: string,
    nowMs: number,
    untilMs: number,
  ): Promise<WebhookDelivery | undefined> => {
    const claimed = await gate.run((within) =>
      events.findOneAndUpdate(
        { siteId, state: 'waiting', nextAtMs: { $lte: nowMs } },
        { $set: { nextAtMs: untilMs } },
        { ...within, sort: { atMs: 1, _id: 1 }, returnDocument: 'after' },
      ),
    );
    return claimed ? toDelivery(claimed) : undefined;
  };

  return {
    async add(all) {
      for (const { eventId: _id, ...event } of all) {
        const fresh: Omit<EventDocument, '_id'> = {
          ...event,
          ...{ state: 'waiting', attempts: 0, nextAtMs: 0, problem: null, triedAtMs: null },
        };
        await upserting(() =>
          gate.run((within) =>
            events.updateOne({ _id }, { $setOnInsert: fresh }, { ...within, upsert: true }),
          ),
        );
      }
    },
    dueSites: async (nowMs, limit) => {
      const due: Filter<EventDocument> = { state: 'waiting', nextAtMs: { $lte: nowMs } };
      const groups = await gate.run((within) =>
        events
          .aggregate<{ _id: string }>(
            [{ $match: due }, { $group: { _id: '$siteId' } }, { $limit: limit }],
            within,
          )
          .toArray(),
      );
      return groups.map(({ _id }) => _id);
    },
    async claim(siteId, nowMs, untilMs, limit) {
      const claimed: WebhookDelivery[] = [];
      while (claimed.length < limit) {
        const one = await claimOne(siteId, nowMs, untilMs);
        if (!one) break;
        claimed.push(one);
      }
      return claimed;
    },
    async settle(_id, outcome) {
      await gate.run((within) => events.updateOne({ _id }, { $set: outcome }, within));
    },
    async list({ siteId, state, after }, limit) {
      const filter: Filter<EventDocument> = {
        ...(siteId === undefined ? {} : { siteId }),
        ...(state === undefined ? {} : { state }),
        ...(after === undefined
          ? {}
          : {
              $or: [
                { atMs: { $lt: after.atMs } },
                { atMs: after.atMs, _id: { $lt: after.eventId } },
              ],
            }),
      };
      const found = await gate.run((within) =>
        events.find(filter, within).sort({ atMs: -1, _id: -1 }).limit(limit).toArray(),
      );
      return found.map(toDelivery);
    },
    async retry(siteId, nowMs, eventId) {
      const filter = { siteId, state: 'dead' as const, ...(eventId ? { _id: eventId } : {}) };
      const anew = { state: 'waiting' as const, attempts: 0, nextAtMs: nowMs };
      const { modifiedCount } = await gate.run((within) =>
        events.updateMany(filter, { $set: anew }, within),
      );
      return modifiedCount;
    },
    async dropOld(deliveredMs, deadMs) {
      const old: Filter<EventDocument> = {
        $or: [
          { state: 'delivered', triedAtMs: { $lt: deliveredMs } },
          { state: 'dead', triedAtMs: { $lt: deadMs } },
        ],
      };
      await gate.run((within) => events.deleteMany(old, within));
    },
    async seenTo(_id) {
      const mark = await gate.run((within) => marks.findOne({ _id }, within));
      return mark ? { generation: mark.generation, seq: mark.seq } : undefined;
    },
    async noteSeen(_id, generation, seq) {
      // Makes it where it is missing: whoever is further on has it already, and then nothing matches.
      const behind: Filter<Documents['webhookMarks']> = {
        _id,
        $or: [{ generation: { $lt: generation } }, { generation, seq: { $lt: seq } }],
      };
      const update = { $set: { scope: _id, generation, seq } };
      try {
        await gate.run((within) => marks.updateOne(behind, update, { ...within, upsert: true }));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await gate.run((within) => marks.updateOne(behind, update, within));
      }
    },
  };
}

function toDelivery({ _id: eventId, ...delivery }: EventDocument): WebhookDelivery {
  return { eventId, ...delivery };
}
