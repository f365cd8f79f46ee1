import { openSites } from '../../compose.ts';
import type { Config } from '../../config/config.ts';
import { describeStore } from '../../open-store.ts';
import { type Check, type Finding, messageOf } from './finding.ts';

/** The database, or the data folder. */
export const checkStore: Check = async (config) => [await storeFinding(config)];

async function storeFinding(config: Config): Promise<Finding> {
  const check = config.mongodbUri === undefined ? 'DATA_DIR' : 'MONGODB_URI';
  try {
    const { sites, close } = await openSites(config);
    const count = (await sites.list().finally(close)).length;
    const { name, hint } = await describeStore(config);
    const message = `${name} answers, ${count} site${count === 1 ? '' : 's'}`;
    if (hint !== undefined) return { check, result: 'note', message: `${message}; ${hint}` };
    return { check, result: 'ok', message };
  } catch (error) {
    return { check, result: 'failed', message: messageOf(error) };
  }
}
