import { deepEqual } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { elementsIn, knobsOf } from './knobs.ts';

const player = {
  tagName: 'jamz-player',
  attributes: [
    { name: 'server', type: { text: 'string' } },
    { name: 'layout', type: { text: "'auto' | 'card'" }, description: 'How.' },
    { name: 'pan', type: { text: 'number' } },
    { name: 'bare', type: { text: 'boolean' } },
    { name: 'label' },
  ],
};

describe('the knobs of the workbench', () => {
  it('are the attributes by their types, without what the group around says', () => {
    deepEqual(knobsOf(player), [
      { name: 'layout', hint: 'How.', kind: 'choice', values: ['auto', 'card'] },
      { name: 'pan', hint: '', kind: 'number' },
      { name: 'bare', hint: '', kind: 'flag' },
      { name: 'label', hint: '', kind: 'text' },
    ]);
  });

  it('are of every element but the group', () => {
    const modules = [
      { declarations: [player, { tagName: 'jamz-group' }, {}] },
      { declarations: [] },
      {},
    ];
    deepEqual([...elementsIn({ modules }).keys()], ['jamz-player']);
  });
});
