import { equal, throws } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withShortProperties } from './short-properties.ts';

const shorts = new Map([
  ['inner', '_0'],
  ['deep', '_1'],
]);
const short = (code: string): string => withShortProperties(code, shorts).toString();

describe('short properties', () => {
  it('are short where they are written, read, taken apart and called', () => {
    equal(short('a.inner?.deep();b={inner:1,outer:2}'), 'a._0?._1();b={_0:1,outer:2}');
    equal(
      short('class A{inner=1;deep(){return this.inner}}'),
      'class A{_0=1;_1(){return this._0}}',
    );
    equal(short('const{inner:x,...rest}=a'), 'const{_0:x,...rest}=a');
  });

  it('leave the variable of the same name alone', () => {
    equal(short('const inner=1;f({inner})'), 'const inner=1;f({_0: inner})');
    equal(short('const{inner,deep=inner}=a'), 'const{_0: inner,_1: deep=inner}=a');
    equal(short('inner(deep)'), 'inner(deep)');
  });

  it('leave private names, computed names and text alone', () => {
    equal(
      short('class A{#inner;m(){this.#inner;this[inner];`inner`}}'),
      'class A{#inner;m(){this.#inner;this[inner];`inner`}}',
    );
  });

  it('do not take a name that is there already, unless nothing is shortened', () => {
    throws(() => short('a._0(b.inner)'), /taken/);
    equal(short('a._0'), 'a._0');
  });
});
