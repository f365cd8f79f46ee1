import { ObjectId } from 'mongodb';
import type { AuditStore, ReportStore, TakedownStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate, upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createTakedowns({ takedowns }: Collections, gate: Gate): TakedownStore {
  return {
    async add(fileId, atMs) {
      try {
        await gate.run((within) => takedowns.insertOne({ _id: fileId, atMs }, within));
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async has(fileId) {
      return (await gate.run((within) => takedowns.findOne({ _id: fileId }, within))) !== null;
    },
  };
}

export function createReports({ reports }: Collections, gate: Gate): ReportStore {
  return {
    async add({ reportId: _id, ...report }) {
      await gate.run((within) => reports.insertOne({ _id, ...report }, within));
    },
    async ofSite(siteId, beforeMs, limit) {
      const found = await gate.run((within) =>
        reports
          .find({ siteId, atMs: { $lt: beforeMs } }, within)
          .sort({ atMs: -1, _id: 1 })
          .limit(limit)
          .toArray(),
      );
      return found.map(({ _id: reportId, ...report }) => ({ reportId, ...report }));
    },
  };
}

export function createAudit({ audit }: Collections, gate: Gate): AuditStore {
  return {
    async append({ atMs, siteId, kind, actorId, subjectId }, onceId) {
      const record = { atMs, siteId, kind, actorId, subjectId };
      const filter = { _id: onceId ?? new ObjectId() };
      const update = { $setOnInsert: record };
      await upserting(() =>
        gate.run((within) => audit.updateOne(filter, update, { ...within, upsert: true })),
      );
    },
    async list({ siteId, sinceMs = 0 }, limit) {
      const filter = { atMs: { $gte: sinceMs }, ...(siteId === undefined ? {} : { siteId }) };
      const found = await gate.run((within) =>
        // Ids of one process grow with time.
        audit.find(filter, within).sort({ atMs: -1, _id: -1 }).limit(limit).toArray(),
      );
      return found.map(({ _id, ...record }) => record);
    },
    async dropBefore(atMs) {
      await gate.run((within) => audit.deleteMany({ atMs: { $lt: atMs } }, within));
    },
  };
}
