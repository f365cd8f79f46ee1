import type { Config } from '../../config/config.ts';
import { describeBus } from '../../open-bus.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

export const checkBus: Check = async (config) => [await busFinding(config)];

async function busFinding(config: Config): Promise<Finding> {
  const check = 'REDIS_URL';
  try {
    const message = await describeBus(config);
    // A folder is locked; nothing keeps a second process from a database.
    const isOpen = config.redisUrl === undefined && config.mongodbUri !== undefined;
    if (isOpen) return { check, result: 'note', message: `${message} on this database, no more` };
    return { check, result: 'ok', message };
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  }
}
