import { deepEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';

const root = resolve(import.meta.dirname, '..');

/** One import per line: the folder it stands in, what it imports, whether docs/architecture.md lets it. */
const walls = `
sdk/protocol          ./shapes.ts                 yes
sdk/protocol          valibot                     no
sdk/protocol          rxjs                        no
sdk/protocol          ../merge/states.ts          no
sdk/clock             ../protocol/ids.ts          yes
sdk/clock             ../merge/states.ts          no
sdk/merge             ../clock/hlc.ts             yes
sdk/merge             ../store/key-value.ts       no
sdk/merge             node:crypto                 no
sdk/store             idb                         yes
sdk/store             localforage                 yes
sdk/store             rxjs                        no
sdk/transport         socket.io-client            yes
sdk/transport         socket.io-parser            no
sdk/transport         ../sync/outbox.ts           no
sdk/sync              ../transport/link.ts        yes
sdk/sync              ../commands/play.ts         no
sdk/streams           ../sync/outbox.ts           yes
sdk/streams           ../commands/play.ts         no
sdk/commands          ../streams/live.ts          yes
sdk/commands          ../music/listener.ts        no
sdk/music             ../commands/play.ts         yes
sdk/music             ../../server/ports/bus.ts   no
sdk/files             tus-js-client               yes
sdk/service-worker    ../sync/engine.ts           yes
sdk/service-worker    idb                         yes
sdk/service-worker    ../music/listener.ts        no
sdk/service-worker    ../../server/ports/bus.ts   no
components/shared     ../../sdk/index.ts          yes
components/shared     ../../sdk/sync/outbox.ts    no
components/shared     ../player/jamz-player.ts    no
components/player     lit/decorators.js           yes
components/player     @lit/context                yes
components/player     ../shared/tokens.ts         yes
components/player     ../playlist/jamz-playlist.ts no
components/player     maplibre-gl                 no
components/player     ../../sdk/protocol/ids.ts   no
components/map        maplibre-gl                 yes
components/map        ../trip/jamz-trip.ts        no
components/trip       ../map/ground.ts            yes
components/trip       ../player/jamz-player.ts    no
components/trip       maplibre-gl                 no
components/player     react                       no
components/frameworks react                       yes
components/frameworks ../shared/connection.ts     yes
components/frameworks ../player/jamz-player.ts    no
components/frameworks ../../sdk/connect.ts        no
server/access         ../../sdk/protocol/ids.ts   yes
server/access         ../ports/store.ts           no
server/access         node:fs                     no
server/ports          ../../sdk/protocol/ids.ts   yes
server/ports          express                     no
server/sync           ../ports/store.ts           yes
server/sync           ../adapters/store/sqlite.ts no
server/sync           express                     no
server/sync           ../../sdk/sync/outbox.ts    no
server/sites          ../ports/store.ts           yes
server/sites          ../adapters/outbound/guarded-outbound.ts no
server/sites          express                     no
server/music          music-metadata              yes
server/music          ../adapters/files/disk.ts   no
server/http           express                     yes
server/http           ../adapters/files/disk.ts   no
server/http           ../compose.ts               no
server/gateway        node:sqlite                 no
server/adapters/store ../../ports/store.ts        yes
server/adapters/store ../../http/app.ts           no
playground            trafficjamz/components/define yes
playground            ../sdk/index.ts             no
playground            ../components/index.ts      no
e2e                   ../server/compose.ts        no
simulator             ../sdk/index.ts             yes
simulator             ../server/http/app.ts       no
`;

describe('the walls between folders', () => {
  let dir: string;
  let refused: Set<string>;
  const rows = walls
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([folder = '', source = '', allowed], index) => ({
      file: `${folder}/wall-${index}.ts`,
      folder,
      source,
      allowed: allowed === 'yes',
    }));

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'jamz-walls-'));
    cpSync(join(root, 'biome.json'), join(dir, 'biome.json'));
    for (const { file, source } of rows) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), `export * from '${source}';\n`);
    }
    refused = new Set(refusedFiles(dir));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  for (const { file, folder, source, allowed } of rows) {
    it(`${allowed ? 'lets' : 'does not let'} ${folder} import ${source}`, () => {
      deepEqual(refused.has(file), !allowed);
    });
  }
});

interface Report {
  diagnostics: { category: string; location: { path: string | { file: string } } }[];
}

function refusedFiles(dir: string): string[] {
  const biome = join(root, 'node_modules/.bin/biome');
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  let output: string;
  try {
    output = execFileSync(biome, args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const report = JSON.parse(output) as Report;
  return report.diagnostics
    .filter(({ category }) => category === 'lint/style/noRestrictedImports')
    .map(({ location: { path } }) => (typeof path === 'string' ? path : path.file));
}
