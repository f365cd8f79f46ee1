import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { entry, FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { Removals, undoMs } from './removals.ts';

class Host extends LitElement {}
customElements.define('test-removals-host', Host);

describe('removals', () => {
  let group: FakeGroup;
  let timers: { delayMs: number; task: () => void }[];
  let removals: Removals;

  beforeEach(() => {
    group = new FakeGroup(new FakeJamz());
    timers = [];
    removals = new Removals(new Host(), (delayMs, task) => {
      const timer = { delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    });
  });

  it('can be undone for eight seconds', () => {
    removals.remove(group, entry('b'), 'a');
    expect(removals.titles).to.deep.equal(['Song b']);
    expect(timers.map(({ delayMs }) => delayMs)).to.deep.equal([8_000]);
    expect(undoMs).to.equal(8_000);
    timers[0]?.task();
    expect(removals.titles).to.deep.equal([]);
    removals.undo();
    expect(group.calls).to.deep.equal(['removeTrack b']);
  });

  it('puts a track back behind the one it stood behind', () => {
    removals.remove(group, entry('b'), 'a');
    removals.undo();
    expect(group.calls.at(-1)).to.equal('addTracks Song b after a');
    expect(timers).to.deep.equal([]);
  });

  it('puts several back, the last removed first, and starts the time anew with each', () => {
    removals.remove(group, entry('b'), 'a');
    removals.remove(group, entry('c'), 'a');
    expect(timers.length).to.equal(1);
    removals.undo();
    expect(group.calls.slice(2)).to.deep.equal([
      'addTracks Song c after a',
      'addTracks Song b after a',
    ]);
  });
});
