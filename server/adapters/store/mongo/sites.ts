import type { Filter } from 'mongodb';
import type { Site, SiteStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createSites({ sites }: Collections, gate: Gate): SiteStore {
  const findOne = async (filter: Filter<Documents['sites']>): Promise<Site | undefined> => {
    const found = await gate.run((within) => sites.findOne(filter, within));
    return found ? toSite(found) : undefined;
  };
  return {
    byKey: (key) => findOne({ key }),
    byId: (siteId) => findOne({ _id: siteId }),
    bySecretHash: (secretHash) =>
      findOne({ $or: [{ secretHash }, { 'previousSecret.hash': secretHash }] }),
    async list() {
      const found = await gate.run((within) =>
        sites.find({}, within).sort({ createdAtMs: 1, _id: 1 }).toArray(),
      );
      return found.map(toSite);
    },
    async ofOwner(ownerId) {
      const found = await gate.run((within) =>
        sites.find({ ownerId }, within).sort({ createdAtMs: 1, _id: 1 }).toArray(),
      );
      return found.map(toSite);
    },
    async put({ siteId: _id, createdAtMs, ...site }) {
      const update = { $set: site, $setOnInsert: { createdAtMs } };
      await upserting(() =>
        gate.run((within) => sites.updateOne({ _id }, update, { ...within, upsert: true })),
      );
    },
    async update(siteId, changes, expected = {}) {
      if (Object.keys(changes).length === 0) return 'written';
      const { secretHash, webhooksRevision } = expected;
      const filter = {
        _id: siteId,
        ...(secretHash === undefined ? {} : { secretHash }),
        // Where there is none, null is what it is.
        ...(webhooksRevision === undefined
          ? {}
          : { 'webhooks.revision': webhooksRevision === 0 ? null : webhooksRevision }),
      };
      const { matchedCount } = await gate.run((within) =>
        sites.updateOne(filter, { $set: changes }, within),
      );
      return matchedCount > 0 || Object.keys(expected).length === 0 ? 'written' : 'changed';
    },
  };
}

export function siteDocument({ siteId: _id, ...site }: Site): Documents['sites'] {
  return { _id, ...site };
}

function toSite({ _id: siteId, ...site }: Documents['sites']): Site {
  return { siteId, ...site };
}
