import type { Timers } from '../../ports/timers.ts';
import { openRedisLink } from './redis-link.ts';

const withinMs = 2_500;

/** @returns the version of a Redis that answers. @throws {Error} saying why none does */
export function examineRedis(url: string, timers: Pick<Timers, 'after'>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let reason: unknown = new Error('it does not answer');
  const link = openRedisLink({
    url,
    timers,
    name: 'jamz-doctor',
    random: () => 0,
    onFailure: (error) => {
      reason = error;
    },
    onChange(isUp) {
      if (!isUp) return;
      link
        .ask((client) => client.info('server'))
        .then((text) => resolve(/redis_version:(\S+)/.exec(text)?.[1] ?? 'of unknown version'))
        .catch(reject);
    },
  });
  const cancel = timers.after(withinMs, () => reject(reason));
  return promise.finally(() => {
    cancel();
    link.close();
  });
}
