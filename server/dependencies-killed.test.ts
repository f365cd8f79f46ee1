import { equal, ok } from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noMinio } from './adapters/files/s3/minio-fixture.ts';
import { noRedis } from './adapters/redis/redis-server-fixture.ts';
import { noInfluxd } from './adapters/time-series/influx/influxd-fixture.ts';
import { influxDependency, mailDependency, pushDependency } from './dependencies-fixture.ts';
import { type Dependency, type DependencyLoad, dependencyLoad } from './dependency-load-fixture.ts';
import { main, type ServerProcess, serverProcess } from './process-fixture.ts';
import { redisDependency } from './redis-dependency-fixture.ts';
import { s3Dependency } from './s3-dependency-fixture.ts';

/**
 * `npm run bench:outages` names them, on a quiet machine, and has the figures judged: twice as long at most.
 * Without them what is acknowledged is judged, and the figures are told.
 */
const isJudged = process.env['SECONDS'] !== undefined;
const stretchMs = Number(process.env['SECONDS'] ?? 1) * 1_000;
const rounds = Number(process.env['ROUNDS'] ?? 2);

/** Each with what to say where there is none on this machine. */
const makers: readonly (readonly [make: () => Promise<Dependency | undefined>, missing: string])[] =
  [
    [redisDependency, noRedis],
    [influxDependency, noInfluxd],
    [s3Dependency, noMinio],
    [mailDependency, ''],
    [pushDependency, ''],
  ];

for (const [make, missing] of makers) {
  const dependency = await make();
  if (dependency) killed(dependency);
  else describe('A dependency killed under load', () => it('is left out', { skip: missing }));
}

function killed(dependency: Dependency): void {
  const { name, env } = dependency;
  describe(`${name} killed under load`, () => {
    let server: ServerProcess;
    let load: DependencyLoad;
    before(async () => {
      // A rejection that nobody handles ends the process.
      const strict = { NODE_OPTIONS: '--unhandled-rejections=strict' };
      server = await serverProcess(main, { ...strict, ...env });
      await server.start();
      load = await dependencyLoad(server.base);
      await dependency.prepare(load);
    });
    after(async () => {
      load.close();
      await server.dispose();
      await dependency.dispose();
    });

    /** A stretch of load, in which the dependency is used, too. */
    const stretch = (): Promise<readonly number[]> =>
      load.measure(stretchMs, () => dependency.use(load));

    it('[PS17] [WP7] leaves every push acknowledged, and comes back', {
      timeout: 600_000,
    }, async (context) => {
      // Where everything is loaded and connected.
      await stretch();
      const there: number[] = [];
      const away: number[] = [];
      for (let round = 0; round < rounds; round++) {
        there.push(...(await stretch()));
        await dependency.kill();
        away.push(...(await stretch()));
        await dependency.restart();
        await dependency.worksAgain(load);
      }
      const [with99, without99] = [p99Of(there), p99Of(away)];
      const figures = `p99 ${with99.toFixed(1)} ms with it, ${without99.toFixed(1)} ms without, of ${away.length}`;
      context.diagnostic(figures);
      ok(away.every(Number.isFinite), figures);
      if (isJudged) ok(without99 <= 2 * with99, figures);
      // It lives still, and ends as it should: nothing was rejected that nobody handled.
      equal(await server.end('SIGTERM'), 0);
    });
  });
}

function p99Of(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
}
