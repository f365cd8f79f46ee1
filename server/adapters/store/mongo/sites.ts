import type { Site, SiteStore } from '../../../ports/store.ts';
import type { Collections, Documents } from './documents.ts';
import { upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createSites({ sites }: Collections, gate: Gate): SiteStore {
  const findOne = async (filter: Partial<Documents['sites']>): Promise<Site | undefined> => {
    const found = await gate.run((within) => sites.findOne(filter, within));
    return found ? toSite(found) : undefined;
  };
  return {
    byKey: (key) => findOne({ key }),
    byId: (siteId) => findOne({ _id: siteId }),
    bySecretHash: (secretHash) => findOne({ secretHash }),
    async list() {
      const found = await gate.run((within) =>
        sites.find({}, within).sort({ createdAtMs: 1, _id: 1 }).toArray(),
      );
      return found.map(toSite);
    },
    async put({ siteId: _id, createdAtMs, ...site }) {
      const update = { $set: site, $setOnInsert: { createdAtMs } };
      await upserting(() =>
        gate.run((within) => sites.updateOne({ _id }, update, { ...within, upsert: true })),
      );
    },
  };
}

export function siteDocument({ siteId: _id, ...site }: Site): Documents['sites'] {
  return { _id, ...site };
}

function toSite({ _id: siteId, ...site }: Documents['sites']): Site {
  return { siteId, ...site };
}
