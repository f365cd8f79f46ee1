import type { MetaStore } from '../../../ports/store.ts';
import type { Collections } from './documents.ts';
import { isDuplicate } from './failures.ts';
import type { Gate } from './gate.ts';

export function createMeta({ meta }: Collections, gate: Gate): MetaStore {
  const get = async (key: string): Promise<string | undefined> =>
    (await gate.run((within) => meta.findOne({ _id: key }, within)))?.value;
  return {
    get,
    async putIfAbsent(key, value) {
      const standing = await get(key);
      if (standing !== undefined) return standing;
      try {
        await gate.run((within) => meta.insertOne({ _id: key, value }, within));
        return value;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        return (await get(key)) ?? value;
      }
    },
  };
}
