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
    async update(siteId, changes, ifSecretHash) {
      if (Object.keys(changes).length === 0) return 'written';
      const filter = {
        _id: siteId,
        ...(ifSecretHash === undefined ? {} : { secretHash: ifSecretHash }),
      };
      const { matchedCount } = await gate.run((within) =>
        sites.updateOne(filter, { $set: changes }, within),
      );
      return matchedCount > 0 || ifSecretHash === undefined ? 'written' : 'changed';
    },
  };
}

export function siteDocument({ siteId: _id, ...site }: Site): Documents['sites'] {
  return { _id, ...site };
}

function toSite({ _id: siteId, ...site }: Documents['sites']): Site {
  return { siteId, ...site };
}
