import { deepEqual, equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPayload } from './payload-check.ts';
import { between, list, Misfit, object, oneOf, orNull, text, trimmed, whole } from './shapes.ts';

const stop = object<{ name: string; note?: string }>({ name: trimmed(1, 5) }, { note: text(0, 9) });

function misfit(read: () => unknown): { path: string; message: string } {
  try {
    read();
  } catch (error) {
    if (error instanceof Misfit) return { path: error.path, message: error.message };
  }
  throw new Error('It fitted');
}

describe('a shape', () => {
  it('gives back the very object where all of it is kept', () => {
    const given = { name: 'Bern', note: '' };
    equal(stop(given), given);
  });

  it('leaves out what it does not know, and leaves the object given as it was', () => {
    const given = { name: ' Bern ', more: 1 };
    deepEqual(stop(given), { name: 'Bern' });
    deepEqual(given, { name: ' Bern ', more: 1 });
  });

  it('copies a list only where an item changes', () => {
    const whole = [{ name: 'a' }, { name: 'b' }];
    equal(list(stop, 1, 2)(whole), whole);
    const given = [{ name: 'a' }, { name: ' b' }];
    deepEqual(list(stop, 1, 2)(given), [{ name: 'a' }, { name: 'b' }]);
    equal(given[1]?.name, ' b');
  });

  it('keeps no field that only a prototype has, and none of a prototype’s name', () => {
    const kept = stop(JSON.parse('{"name":"a","__proto__":{"note":"x"}}'));
    deepEqual(Object.keys(kept), ['name']);
    equal(kept.note, undefined);
  });

  it('says where the fault is and what should be there', () => {
    const nested = object<{ stops: readonly { name: string }[] }>({ stops: list(stop, 0, 9) });
    deepEqual(
      misfit(() => nested({ stops: [{ name: 'a' }, { name: '' }] })),
      { path: 'stops.1.name', message: 'must be text of 1 to 5 characters' },
    );
  });

  it('tells a field that is undefined from one that is absent', () => {
    throws(() => stop({ name: 'a', note: undefined }), Misfit);
  });

  const wrong: readonly (readonly [string, () => unknown])[] = [
    ['null for an object', () => stop(null)],
    ['a list for an object', () => stop([])],
    ['an object for a list', () => list(stop, 0, 1)({ length: 0 })],
    ['too long a list', () => list(stop, 0, 1)([{ name: 'a' }, { name: 'b' }])],
    ['no number', () => between(0, 1)(Number.NaN)],
    ['an endless number', () => between(0, 1e14)(Number.POSITIVE_INFINITY)],
    ['a number in text', () => between(0, 1)('1')],
    ['a fraction', () => whole(0, 9)(1.5)],
    ['a value that is none of those named', () => oneOf('a', 'b')('c')],
    ['undefined where null may be', () => orNull(text(0, 1))(undefined)],
  ];
  for (const [name, read] of wrong) it(`refuses ${name}`, () => throws(read, Misfit));
});

describe('a payload', () => {
  it('[WR10] is named with its fault', () => {
    const items = [{ itemId: 'a', title: 'Song', url: 'ftp://x' }];
    deepEqual(checkPayload('playlist.add', { items }), {
      problem: '“items.0.url”: must be an http or https address.',
    });
  });
});
