import { deepEqual, equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parentsIn, withPlainPrivates } from './plain-privates.ts';

const plain = (code: string): string => withPlainPrivates(code, parentsIn([code])).toString();

describe('plain privates', () => {
  it('make a private member a plain one of one letter, wherever its class names it', () => {
    equal(
      plain(
        'class A { #count = 0; #add() { this.#count += 1; } get it() { return this.#count; } }',
      ),
      'class A { e = 0; t() { this.e += 1; } get it() { return this.e; } }',
    );
  });

  it('take no letter that the class has for something else', () => {
    equal(plain('class A { e = 1; #one = this.e; }'), 'class A { e = 1; t = this.e; }');
  });

  it('leave a class alone that is an heir, has one, or has no name to find one by', () => {
    for (const code of [
      'class A { #one = 1; } class B extends A { #two = 2; }',
      'const a = new (class { #one = 1; })();',
      'class A { static #one = 1; }',
    ]) {
      equal(plain(code), code);
    }
  });

  it('leave a member alone of which somebody asks whether an object has it', () => {
    equal(
      plain('class A { #mark; #one; is(it) { return #mark in it && it.#one; } }'),
      'class A { #mark; e; is(it) { return #mark in it && it.e; } }',
    );
  });

  it('tell a class inside another from the one around it', () => {
    const code =
      'class A { #one = 1; make() { const of = this; return new (class B { #one = 2; sum() { return this.#one; } })().sum() + of.#one; } }';
    const both = plain(code);
    equal(both.includes('#'), false);
    equal(new Function(`${both} return new A().make();`)(), 3);
  });

  it('change nothing that a program says', () => {
    const code =
      'class A { #said = []; #tell(it) { this.#said.push(it); } hear(other) { this.#tell(1); other.#tell(2); return [this.#said, other.#said]; } }';
    deepEqual(new Function(`${plain(code)} return new A().hear(new A());`)(), [[1], [2]]);
  });
});
