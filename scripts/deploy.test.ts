import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { parse } from 'yaml';
import { readConfig } from '../server/config/read-config.ts';

const root = resolve(import.meta.dirname, '..');
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What of the Compose specification this file uses; a word that is not in it is a mistake. */
const service = v.strictObject({
  image: v.string(),
  build: v.exactOptional(v.strictObject({ context: v.string(), dockerfile: v.string() })),
  restart: v.exactOptional(v.literal('unless-stopped')),
  network_mode: v.exactOptional(v.string()),
  read_only: v.exactOptional(v.boolean()),
  tmpfs: v.exactOptional(v.array(v.string())),
  cap_drop: v.exactOptional(v.array(v.string())),
  security_opt: v.exactOptional(v.array(v.string())),
  stop_grace_period: v.exactOptional(v.string()),
  ulimits: v.exactOptional(v.record(v.string(), v.number())),
  ports: v.exactOptional(v.array(v.string())),
  volumes: v.exactOptional(v.array(v.string())),
  command: v.exactOptional(v.array(v.string())),
  environment: v.exactOptional(v.record(v.string(), v.string())),
  depends_on: v.exactOptional(
    v.record(
      v.string(),
      v.strictObject({
        condition: v.picklist([
          'service_healthy',
          'service_started',
          'service_completed_successfully',
        ]),
      }),
    ),
  ),
  healthcheck: v.exactOptional(
    v.strictObject({
      test: v.array(v.string()),
      interval: v.exactOptional(v.string()),
      timeout: v.exactOptional(v.string()),
      retries: v.exactOptional(v.number()),
    }),
  ),
});
const compose = v.looseObject({
  name: v.string(),
  services: v.record(v.string(), service),
  volumes: v.record(v.string(), v.null()),
});

describe('deploy/compose.yml', () => {
  const text = textOf('deploy/compose.yml');
  const { services, volumes } = v.parse(compose, parse(text, { merge: true }));
  const entries = Object.entries(services);

  it('has two server processes, and what they need', () => {
    deepEqual(Object.keys(services).sort(), [
      ...['bucket', 'influx', 'jamz-1', 'jamz-2', 'minio', 'mongo', 'nginx', 'redis'],
    ]);
    const ports = ['jamz-1', 'jamz-2'].map((name) => services[name]?.environment?.['PORT']);
    for (const port of ports) ok(textOf('deploy/nginx.conf').includes(`127.0.0.1:${port} `));
    equal(new Set(ports).size, 2);
  });

  it('names only services, volumes and files that are there', () => {
    for (const [name, { depends_on = {}, network_mode = '', volumes: mounts = [] }] of entries) {
      const others = [...Object.keys(depends_on), network_mode.replace('service:', '')];
      for (const other of others) ok(other === '' || other in services, `${name}: ${other}`);
      for (const [other, { condition }] of Object.entries(depends_on)) {
        ok(condition !== 'service_healthy' || services[other]?.healthcheck, `${name}: ${other}`);
      }
      for (const mount of mounts) {
        const [from = ''] = mount.split(':');
        if (from.startsWith('./')) ok(textOf(join('deploy', from)));
        else ok(from.startsWith('$') || from in volumes, `${name}: ${mount}`);
      }
    }
  });

  it('shows nothing but nginx to the world', () => {
    deepEqual(
      entries.flatMap(([name, { ports }]) => (ports ? [name] : [])),
      ['nginx'],
    );
  });

  it('asks for every secret, and has none', () => {
    const example = textOf('deploy/example.env');
    const asked = new Set([...text.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name = '']) => name));
    const known = new Set(
      [...example.matchAll(/^([A-Z0-9_]+)=(.*)$/gm)].map(([, name = '']) => name),
    );
    deepEqual([...asked].sort(), [...known].sort());
    ok([...example.matchAll(/^[A-Z0-9_]+=(.*)$/gm)].every(([, value]) => value === ''));
  });

  it('sets only variables that the server knows', () => {
    const known = textOf('docs/operate.md');
    const set = Object.keys(services['jamz-1']?.environment ?? {});
    deepEqual(
      set.filter((name) => !known.includes(`| \`${name}\``)),
      [],
    );
  });
});

describe('what deploy/compose.yml tells each server', () => {
  const { services } = v.parse(compose, parse(textOf('deploy/compose.yml'), { merge: true }));
  const example = textOf('deploy/example.env');
  const filledIn: Readonly<Record<string, string>> = {
    PUBLIC_URL: 'https://jamz.example',
    SMTP_URL: 'smtps://user:password@mail.example',
    MAIL_FROM: 'noreply@jamz.example',
  };
  /** As compose does it: `${NAME}`, `${NAME:?why}`, `${NAME:-}`. */
  const filled = (value: string): string =>
    value.replaceAll(/\$\{([A-Z0-9_]+)[^}]*\}/g, (_, name: string) => {
      ok(example.includes(`\n${name}=`), name);
      return filledIn[name] ?? 'x'.repeat(48);
    });

  for (const name of ['jamz-1', 'jamz-2']) {
    it(`is a configuration that it takes: ${name}`, () => {
      const environment = services[name]?.environment ?? {};
      const env = Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, filled(value)]),
      );
      const config = readConfig(env);
      equal(config.s3?.delivery, 'server');
      deepEqual(
        [config.mongodbUri, config.redisUrl, config.influx?.url].map((one) => one?.split('/')[2]),
        ['mongo:27017', `:${'x'.repeat(48)}@redis:6379`, 'influx:8086'],
      );
    });
  }
});

describe('deploy/trafficjamz.service', () => {
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  const skip = !hasSystemd && 'NO systemd-analyze TO TEST WITH: install systemd';

  it('is a unit that systemd takes', { skip }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'jamz-unit-'));
    try {
      // The program is elsewhere here.
      const unit = textOf('deploy/trafficjamz.service').replace(
        /^ExecStart=\S+/m,
        `ExecStart=${process.execPath}`,
      );
      const path = join(folder, 'trafficjamz.service');
      writeFileSync(path, unit);
      const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', path], {
        encoding: 'utf8',
      });
      const ours = stderr.split('\n').filter((line) => line.includes('trafficjamz.service'));
      deepEqual([status, ours], [0, []]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('deploy/Dockerfile', () => {
  const lines = textOf('deploy/Dockerfile').split('\n');

  it('runs what is built, on the Node of package.json, as nobody of importance', () => {
    const { bin, devDependencies } = JSON.parse(textOf('package.json'));
    ok(lines.some((line) => line.includes(bin.trafficjamz.replace('./', ''))));
    ok(lines.includes('USER node'));
    const bases = lines.filter((line) => line.startsWith('FROM')).map((line) => line.split(' ')[1]);
    deepEqual(new Set(bases), new Set(['node:24-slim']));
    ok(/\b24\./.test(devDependencies.node), devDependencies.node);
  });

  it('keeps data and secrets of this folder out', () => {
    const kept = textOf('.dockerignore').split('\n');
    for (const name of ['.git', 'data', 'node_modules']) ok(kept.includes(name), name);
    ok(kept.includes('**/.env'));
  });
});
