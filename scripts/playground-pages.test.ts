import { equal, throws } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { pageText } from './playground-pages.ts';

describe('the pages of the playground', () => {
  let folder: string;
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jamz-pages-'));
    mkdirSync(join(folder, 'parts'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('have the parts that they share, each line where the part stands', () => {
    write('parts/head.html', '<meta />\n<link />\n');
    const page = write(
      'a.html',
      '<head>\n    <!-- part: head -->\n    <title>A</title>\n</head>\n',
    );
    equal(pageText(page), '<head>\n    <meta />\n    <link />\n    <title>A</title>\n</head>\n');
  });

  it('are not made of parts that nobody wrote', () => {
    const page = write('a.html', '<!-- part: tail -->\n');
    throws(() => pageText(page), { code: 'ENOENT' });
  });
});
