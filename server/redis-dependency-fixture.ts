import { until } from '../scripts/testing/until.ts';
import { redisProgram, redisServer } from './adapters/redis/redis-server-fixture.ts';
import type { Dependency, DependencyLoad } from './dependency-load-fixture.ts';

/**
 * Redis: killed as a process. Every commit goes over it to the other processes, and every limit is counted in it.
 *
 * @returns undefined where there is none on this machine
 */
export async function redisDependency(): Promise<Dependency | undefined> {
  const command = redisProgram();
  if (command === undefined) return undefined;
  const server = await redisServer(command);
  const guest = async ({ ask }: DependencyLoad): Promise<void> => {
    const { status } = await ask('auth/guest', { site: 'pk_demo', name: 'Cy', via: 'body' });
    if (status !== 200) throw new Error(`A guest is answered ${status}`);
  };
  return {
    name: 'Redis',
    env: { REDIS_URL: server.url },
    async prepare() {},
    use: guest,
    kill: server.kill,
    restart: server.start,
    async worksAgain(load) {
      const isWhole = async (): Promise<boolean> => {
        const answer = await fetch(`${load.base}/readyz`);
        return (await answer.json()).bus === 'ok';
      };
      await until(isWhole, 'the server has Redis back');
      // It came back empty: what it has now was counted since.
      await until(async () => {
        await guest(load);
        return (await server.keys()).length > 0;
      }, 'Redis counts again');
    },
    dispose: server.dispose,
  };
}
