import { deepEqual } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { innerNames } from './inner-names.ts';

const wordsOf = (...texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*.*?\*\//gs, ' ').replaceAll(/\/\/.*$/gm, ' ');
/** Words of the sources that pages run. */
const sources = (...patterns: readonly string[]): readonly string[] =>
  patterns
    .flatMap((pattern) => globSync(pattern))
    .filter((path) => !/\.(test|laws|fixture)\.ts$|\/(testing\/|test-)/.test(path))
    .map((path) => withoutComments(readFileSync(path, 'utf8')));
const files = (pattern: string): readonly string[] =>
  globSync(pattern).map((path) => readFileSync(path, 'utf8'));
const amongThem = (words: ReadonlySet<string>): readonly string[] =>
  innerNames.filter((name) => words.has(name));

/** Named in those files, too, for what stays in memory there. */
const alsoInMemory: ReadonlySet<string> = new Set([
  // Asked of the scheduler, where figures are told and where the worker talks to the server.
  'monotonicMs',
  // Variables there, and a part of a stamp that was read: a stamp itself is a text.
  'wallMs',
  // What the worker gives the engine.
  'surroundings',
  'deposed',
  // A function of that file.
  'cursorOf',
  // Methods: of what a page has opened, and of a map.
  'tabsName',
  'journalOf',
  'setAll',
]);

describe('inner names', () => {
  it('name nothing that a caller sees', () => {
    const interfaces = sources(
      'sdk/api.ts',
      'sdk/api/*.ts',
      'sdk/index.ts',
      '{components,playground}/**/*.ts',
    );
    const told = files('{README.md,docs/reference/**/*.md}').flatMap(
      (text) => text.match(/```[\s\S]*?```|`[^`\n]+`/g) ?? [],
    );
    deepEqual(amongThem(wordsOf(...interfaces, ...told)), []);
  });

  it('name nothing that is sent, kept, or told to another tab or worker', () => {
    const outside = sources(
      'sdk/{protocol,merge,store,service-worker,notices,metrics}/**/*.ts',
      'sdk/sync/{tabs,status}.ts',
      'sdk/files/{upload-records,upload-tabs,kept-upload,keep-uploads}.ts',
      'sdk/auth/{identity-memory,auth-answer,tabs}.ts',
      'sdk/{ended-memory,last-synced}.ts',
    );
    const found = amongThem(wordsOf(...outside));
    deepEqual(
      found.filter((name) => !alsoInMemory.has(name)),
      [],
    );
  });

  it('are in no text, where code may look a property up by its name', () => {
    const texts = sources('sdk/**/*.ts').flatMap(
      (text) =>
        text.replaceAll(/(from |import\()'.*?'/g, ' ').match(/'[^'\n]*'|"[^"\n]*"|`[^`\n]*`/g) ??
        [],
    );
    deepEqual(amongThem(wordsOf(...texts.map((text) => text.replaceAll(/\$\{.*?\}/gs, ' ')))), []);
  });

  it('are neither the platform’s nor a vendor’s', () => {
    const platform = files('node_modules/@typescript/*/lib/lib.*.d.ts');
    const vendors = files(
      'node_modules/{rxjs/dist/esm,idb/build,lit*,@lit/*,{socket,engine}.io-*/build/esm,localforage/src,tus-js-client/lib}/**/*.js',
    );
    deepEqual(amongThem(wordsOf(...platform, ...vendors)), []);
  });

  it('are no exports, which the code that comes late is asked for by name', () => {
    const exported = sources('sdk/**/*.ts').flatMap((text) =>
      [...text.matchAll(/export (?:async )?(?:function\*?|class|const|let) (\w+)/g)].map(
        ([, name = '']) => name,
      ),
    );
    deepEqual(amongThem(new Set(exported)), []);
  });

  it('are all still there', () => {
    const words = wordsOf(...sources('sdk/**/*.ts'));
    deepEqual(
      innerNames.filter((name) => !words.has(name)),
      [],
    );
  });
});
