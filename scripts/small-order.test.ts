import { deepEqual, equal, ok } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import type { OrderMemory } from './order-memory.ts';
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

  it('is searched for once: a build of the same code takes what the last one found', () => {
    const kept = new Map<string, readonly (readonly number[])[]>();
    let asked = 0;
    const memory: OrderMemory = {
      recall(key) {
        asked += 1;
        return kept.get(key);
      },
      keep: (key, orders) => void kept.set(key, JSON.parse(JSON.stringify(orders))),
    };
    const found = inSmallOrder(code, 300).toString();
    for (const _ of [1, 2]) equal(inSmallOrder(code, 300, memory).toString(), found);
    deepEqual([asked, kept.size], [2, 1]);
    // What stands there is taken as it is.
    for (const [key, orders] of kept)
      kept.set(
        key,
        orders.map((order) => [...order].sort((a, b) => a - b)),
      );
    equal(inSmallOrder(code, 300, memory).toString(), inSmallOrder(code, 0).toString());
    inSmallOrder(`${code}export const more=1;`, 300, memory);
    equal(kept.size, 2);
  });

  it('has every part once, and is never larger for being tried longer', () => {
    const sizes = [0, 100, 1000].map((tries) => inSmallOrder(code, tries).toString());
    const letters = (text: string): string => [...text.replaceAll(';', '')].sort().join('');
    for (const text of sizes) equal(letters(text), letters(code));
    const [untried = 0, tried = 0, longer = 0] = sizes.map((text) => deflateRawSync(text).length);
    ok(longer <= tried && tried <= untried);
  });

  it('takes a file without a single movable part', () => {
    equal(inSmallOrder('export const a=1;', 10).toString(), 'export const a=1;');
    equal(inSmallOrder('', 10).toString(), '');
  });
});
