import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { protocolVersion } from '../sdk/protocol/version.ts';

/**
 * Keeps this protocol version's replica and server in `e2e/archive/`, for `e2e/versions.test.ts` to run against whatever
 * comes later. Only our own code goes in; what it imports is taken from `node_modules` when it runs. A version that is
 * there is never written again: it has to stay what phones out there run.
 */
const folder = resolve(import.meta.dirname, `../e2e/archive/protocol-${protocolVersion}`);

if (existsSync(folder)) {
  process.stderr.write(
    `Protocol version ${protocolVersion} is in the archive already, and stays as it is. Raise protocolVersion first.\n`,
  );
  process.exitCode = 2;
} else {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    keep('sdk/index.ts', 'replica.mjs', 'neutral'),
    keep('server/main.ts', 'server.mjs', 'node'),
  ]);
  process.stdout.write(`kept as ${folder}\n`);
}

async function keep(entry: string, name: string, platform: 'neutral' | 'node'): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: resolve(folder, name),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform,
    packages: 'external',
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: `// TrafficJamz, protocol version ${protocolVersion}. MIT licence.` },
  });
}
