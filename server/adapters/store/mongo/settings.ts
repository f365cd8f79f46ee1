import type { SettingOwner, SettingsStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate, upserting } from './failures.ts';
import type { Gate } from './gate.ts';

export function createSettings({ settings }: Collections, gate: Gate): SettingsStore {
  return {
    async get(owner, kind) {
      const _id = settingIdOf(kind, owner);
      return (await gate.run((within) => settings.findOne({ _id }, within)))?.value;
    },
    async put(owner, kind, value) {
      const _id = settingIdOf(kind, owner);
      await upserting(() =>
        gate.run((within) =>
          settings.replaceOne({ _id }, { owner, kind, value }, { ...within, upsert: true }),
        ),
      );
    },
    async replace(owner, kind, read, value) {
      const _id = settingIdOf(kind, owner);
      if (read === undefined) {
        try {
          await gate.run((within) => settings.insertOne({ _id, owner, kind, value }, within));
          return true;
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      }
      const filter = { _id, value: read };
      const { matchedCount } = await gate.run((within) =>
        settings.updateOne(filter, { $set: { value } }, within),
      );
      return matchedCount > 0;
    },
    async drop(owner, kind) {
      const _id = settingIdOf(kind, owner);
      await gate.run((within) => settings.deleteOne({ _id }, within));
    },
    async all(kind, after, limit) {
      const filter = { kind, ...(after === null ? {} : { owner: { $gt: after } }) };
      const found = await gate.run((within) =>
        settings.find(filter, within).sort({ owner: 1 }).limit(limit).toArray(),
      );
      return found.map(({ owner, value }) => ({ owner, value }));
    },
  };
}

export function settingIdOf(kind: string, owner: SettingOwner): string {
  return `${kind} ${owner}`;
}
