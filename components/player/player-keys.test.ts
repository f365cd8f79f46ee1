import { expect, fixture, waitUntil } from '@open-wc/testing';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import type { JamzPlayer } from './jamz-player.ts';
import { type PlayerWorld, partOf, playerWorld, press } from './player-fixture.ts';

describe('the keys of <jamz-player>', () => {
  let world: PlayerWorld;
  let group: FakeGroup;

  beforeEach(() => {
    world = playerWorld();
    ({ group } = world);
  });

  it('go to a slider that says where it is', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    const seek = partOf(element, 'seek');
    expect(seek.getAttribute('aria-valuenow')).to.equal('60');
    expect(seek.getAttribute('aria-valuemax')).to.equal('180');
    expect(seek.getAttribute('aria-valuetext')).to.equal('1:00 of 3:00');
  });

  for (const [key, call] of [
    ['ArrowRight', 'seek 65000'],
    ['ArrowLeft', 'seek 55000'],
    ['PageUp', 'seek 90000'],
    ['Home', 'seek 0'],
    ['End', 'seek 180000'],
    ['j', 'seek 50000'],
    ['L', 'seek 70000'],
    ['k', 'play'],
    [' ', 'play'],
  ] as const) {
    it(`ask with ${JSON.stringify(key)} on the slider for ${call}`, async () => {
      const element = await fixture<JamzPlayer>(world.player);
      const event = press(partOf(element, 'seek'), key);
      expect(group.calls.filter((each) => each !== 'listen')).to.deep.equal([call]);
      expect(event.defaultPrevented).to.equal(true);
    });
  }

  it('leave the space bar to a focused button, and shortcuts to the browser', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    expect(press(partOf(element, 'next'), ' ').defaultPrevented).to.equal(false);
    expect(press(partOf(element, 'seek'), 'l', { ctrlKey: true }).defaultPrevented).to.equal(false);
    expect(group.calls).to.deep.equal([]);
  });

  it('do nothing where its keyboard is off', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    element.keyboard = 'off';
    await element.updateComplete;
    press(partOf(element, 'toggle'), 'k');
    expect(group.calls).to.deep.equal([]);
    expect(element.shadowRoot?.querySelector('dialog')).to.equal(null);
  });

  it('are shown on ?', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    press(partOf(element, 'seek'), '?');
    await waitUntil(() => element.shadowRoot?.querySelector('dialog')?.open, 'no sheet opened');
    await audited(element);
  });

  it('mute this device only, whose volume unmutes it', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'toggle').click();
    await element.updateComplete;
    press(partOf(element, 'seek'), 'm');
    expect(group.listener.muted).to.equal(true);
    await waitUntil(() => element.shadowRoot?.querySelector('input[type=range]'), 'no volume');
    const range = element.shadowRoot?.querySelector<HTMLInputElement>('input[type=range]');
    if (range) range.value = '0.3';
    range?.dispatchEvent(new Event('input'));
    expect(group.listener).to.include({ volume: 0.3, muted: false });
  });
});
