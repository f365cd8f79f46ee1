import { equal, match, throws } from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readElementSource } from './reference/element-source.ts';
import { typeOf } from './reference/schema-type.ts';
import { referencePages } from './reference.ts';

const root = resolve(import.meta.dirname, '..');

describe('the reference', async () => {
  for (const { path, text } of await referencePages()) {
    it(`${path} is current: if not, run "node scripts/reference.ts"`, () => {
      equal(readFileSync(join(root, path), 'utf8'), text);
    });
  }

  it('has every tag that the package registers', () => {
    const elements = readFileSync(join(root, 'docs/reference/elements.md'), 'utf8');
    const registered = readFileSync(join(root, 'components/define.ts'), 'utf8');
    for (const [, tag = ''] of registered.matchAll(/\/(jamz-[\w-]+)\.ts/g)) {
      match(elements, new RegExp(`^## ${tag}$`, 'm'));
    }
  });

  it('refuses a comment that names a part which no template has', () => {
    const directory = mkdtempSync(join(tmpdir(), 'jamz-parts-'));
    const file = join(directory, 'jamz-probe.ts');
    writeFileSync(
      file,
      '/**\n * A probe.\n *\n * @csspart ghost - nowhere\n */\nexport class A {}\n',
    );
    try {
      throws(() => readElementSource(file), /no template has a part "ghost"/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('writes a schema as a type', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        roles: { type: 'array', items: { enum: ['owner', 'member'] } },
      },
      required: ['name'],
    };
    equal(typeOf(schema), '{\n  name: string;\n  roles?: ("owner" | "member")[];\n}');
  });
});
