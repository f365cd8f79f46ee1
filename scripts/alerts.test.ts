import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { createInProcessBus } from '../server/adapters/bus/in-process.ts';
import { prometheusFigures } from '../server/adapters/figures/prometheus.ts';

const path = resolve(import.meta.dirname, '..', 'deploy/alerts.yml');
const rules = readFileSync(path, 'utf8');
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

describe('deploy/alerts.yml', () => {
  it('asks only for figures that a server gives', async () => {
    const figures = prometheusFigures();
    const bus = createInProcessBus(() => {});
    const gauges = {
      sockets: () => 0,
      pushesUnderWay: () => 0,
      slowSockets: () => ({ behind: 0, waitingBytes: 0, cut: 0 }),
      bus: () => bus.health(),
    };
    const { text } = await figures.read(gauges);
    figures.close();
    const given = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
    const asked = [...rules.matchAll(/\bjamz_[a-z0-9_]+/g)].map(([name]) => name);
    ok(asked.length > 10);
    const isGiven = (name: string): boolean =>
      given.has(name) || given.has(name.replace(/_(?:bucket|count|sum)$/, ''));
    deepEqual(
      asked.filter((name) => !isGiven(name)),
      [],
    );
  });

  const skip = hasPromtool
    ? false
    : 'promtool is not here: it comes with Debian’s package prometheus';
  it('is right, as promtool says', { skip }, () => {
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', path], {
      encoding: 'utf8',
    });
    equal(status, 0, `${stdout}${stderr}`);
  });
});
