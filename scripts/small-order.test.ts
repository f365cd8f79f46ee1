import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { inSmallOrder } from './small-order.ts';

const code = [
  'let told=[];const say=e=>{told.push(e)};',
  'class Base{#e=first();get it(){return this.#e}tell(){say(`base `+this.it)}}',
  'let made=new Late().name();say(made);',
  'class Late{#e=`late`;static who(){return`static`}name(){return this.#e}other(){return Late.who()}}',
  'class Heir extends Base{tell(){super.tell(),say(`heir`)}}',
  'class Counted{static count=say(`counted`);one=say(`one`);two(){}three=say(`three`)}',
  'function first(){return second()+1}function second(){return 1}',
  'new Heir().tell();new Counted;say(new Late().other());',
  'function last(){return first()+second()}say(last());export{told}',
].join('');

const runs = async (text: string): Promise<unknown> => {
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as {
    told: unknown;
  };
  return module.told;
};

describe('code in small order', () => {
  it('does the same, line by line', async () => {
    const told = ['late', 'counted', 'base 2', 'heir', 'one', 'three', 'static', 3];
    for (const tries of [0, 50, 500]) {
      deepEqual(await runs(inSmallOrder(code, tries).toString()), told);
    }
  });

  it('comes out the same each time', () => {
    equal(inSmallOrder(code, 300).toString(), inSmallOrder(code, 300).toString());
  });

  it('has every part once, and is never larger for being tried longer', () => {
    const sizes = [0, 100, 1000].map((tries) => inSmallOrder(code, tries).toString());
    const letters = (text: string): string => [...text.replaceAll(';', '')].sort().join('');
    for (const text of sizes) equal(letters(text), letters(code));
    const [untried = 0, tried = 0, longer = 0] = sizes.map((text) => gzipSync(text).length);
    ok(longer <= tried && tried <= untried);
  });

  it('takes a file without a single movable part', () => {
    equal(inSmallOrder('export const a=1;', 10).toString(), 'export const a=1;');
    equal(inSmallOrder('', 10).toString(), '');
  });
});
