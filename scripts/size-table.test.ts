import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChunkFacts, Manifest } from './chunk-manifest.ts';
import { rowsOf } from './size-table.ts';

const chunk = (
  modules: readonly string[],
  imports: readonly string[] = [],
  dynamicImports: readonly string[] = [],
): ChunkFacts => ({ modules, imports, dynamicImports });

const manifest: Manifest = {
  'jamz.js': chunk(['components/loader/jamz.ts']),
  'base-1.js': chunk(
    ['node_modules/lit-html/lit-html.js', 'components/shared/tokens.ts'],
    [],
    ['index-1.js'],
  ),
  'more-1.js': chunk(['components/shared/notices.ts'], ['base-1.js']),
  'index-1.js': chunk(['node_modules/rxjs/index.js', 'sdk/connect.ts'], [], ['uploads-1.js']),
  'uploads-1.js': chunk(['sdk/files/uploads.ts'], ['index-1.js'], ['tus-1.js']),
  'tus-1.js': chunk(['node_modules/tus-js-client/index.js']),
  'jamz-player.js': chunk(
    ['components/player/jamz-player.ts', 'components/define/jamz-player.ts'],
    ['base-1.js'],
    ['keys-1.js'],
  ),
  'jamz-map.js': chunk(
    ['components/define/jamz-map.ts'],
    ['base-1.js'],
    ['map-room-1.js', 'keys-1.js'],
  ),
  'map-room-1.js': chunk(
    ['components/map/map-room.ts'],
    ['more-1.js', 'face-1.js'],
    ['panel-1.js'],
  ),
  'panel-1.js': chunk(['components/map/panel.ts'], ['face-1.js']),
  'face-1.js': chunk(['components/map/face.ts']),
  'keys-1.js': chunk(['components/player/keys.ts']),
};

const filesOf = (part: string): readonly string[] | undefined =>
  rowsOf(manifest).find((row) => row.part === part)?.files;

describe('the table of sizes', () => {
  it('counts on a page with a player what the loader, the element and the SDK load at once', () => {
    deepEqual(filesOf('a page with <jamz-player>'), [
      'jamz.js',
      'jamz-player.js',
      'base-1.js',
      'index-1.js',
    ]);
  });

  it('counts an element without the SDK, Lit and what all elements share', () => {
    deepEqual(filesOf('<jamz-player>'), ['jamz-player.js']);
    deepEqual(filesOf('Lit, and shared by elements'), ['base-1.js', 'more-1.js']);
  });

  it('has a row for all that comes later, and for what that brings later still', () => {
    const later = rowsOf(manifest).filter(({ part }) => part.includes('later'));
    deepEqual(
      later.map(({ part, files }) => [part, ...files]),
      [
        ['SDK, later: sdk/files/uploads.ts', 'uploads-1.js'],
        ['SDK, later: tus-js-client', 'tus-1.js'],
        ['<jamz-map>, later: components/map/map-room.ts', 'map-room-1.js', 'face-1.js'],
        ['<jamz-map>, later: components/player/keys.ts', 'keys-1.js'],
        // Its face has come with the room that it opens in.
        ['<jamz-map>, later: components/map/panel.ts', 'panel-1.js'],
      ],
    );
  });
});
