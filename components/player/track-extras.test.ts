import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { LitElement } from 'lit';
import { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { TrackExtras } from './track-extras.ts';

class Host extends LitElement {}
customElements.define('test-extras-host', Host);

describe('track extras', () => {
  let group: FakeGroup;
  let itemId: string;
  let timers: { delayMs: number; task: () => void }[];
  let host: Host;
  let extras: TrackExtras;

  beforeEach(async () => {
    group = new FakeGroup(new FakeJamz());
    itemId = 'a';
    timers = [];
    host = await fixture<Host>(html`<test-extras-host></test-extras-host>`);
    extras = new TrackExtras(
      host,
      () => ({ group, itemId }),
      (delayMs, task) => {
        const timer = { delayMs, task };
        timers.push(timer);
        return () => {
          timers = timers.filter((each) => each !== timer);
        };
      },
    );
    // One object a track, as a host that derives it anew at each render.
    host.requestUpdate();
    await nextFrame();
  });

  it('asks again for peaks that were not measured yet, and stops once they are there', async () => {
    expect(timers.map(({ delayMs }) => delayMs)).to.deep.equal([2_000]);
    group.answerPeaks = [0.5, 1];
    timers.pop()?.task();
    await nextFrame();
    expect(extras.peaks).to.deep.equal([0.5, 1]);
    expect(timers).to.deep.equal([]);
  });

  it('gives up after a minute', async () => {
    const delays: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const timer = timers.pop();
      if (!timer) break;
      delays.push(timer.delayMs);
      timer.task();
      await nextFrame();
    }
    expect(delays).to.deep.equal([2_000, 4_000, 8_000, 16_000, 32_000]);
  });

  it('forgets the question with the track', async () => {
    group.answerPeaks = [1];
    itemId = 'b';
    host.requestUpdate();
    await nextFrame();
    expect(timers).to.deep.equal([]);
    expect(extras.peaks).to.deep.equal([1]);
  });

  it('asks nothing while its host is off the page', () => {
    host.remove();
    expect(timers).to.deep.equal([]);
  });
});
