import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { define } from '../shared/define.ts';
import { audited } from '../shared/testing/audited.ts';
import { entry, type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { JamzPlayer } from './jamz-player.ts';

define('jamz-player', JamzPlayer);

describe('<jamz-player>', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;
  const road = entry('road', { title: 'Road Song', artist: 'Ana', likes: 2 });
  const rain = entry('rain', { title: 'Rain Song' });

  const now = (patch: Partial<typeof silence> = {}): void => {
    group.nowPlaying$.next({
      ...silence,
      item: road,
      positionMs: 60_000,
      atServerMs: jamz.nowMs,
      durationMs: 180_000,
      nextItem: rain,
      by: 'bo',
      ...patch,
    });
  };
  const player = (attributes = html``): Promise<JamzPlayer> =>
    fixture<JamzPlayer>(html`<jamz-player .group=${group}>${attributes}</jamz-player>`);
  const part = (element: JamzPlayer, name: string): HTMLElement => {
    const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~='${name}']`);
    if (!found) throw new Error(`No part ${name}`);
    return found;
  };
  const text = (element: JamzPlayer): string =>
    element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
  const press = (
    element: HTMLElement,
    key: string,
    init: KeyboardEventInit = {},
  ): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...init,
    });
    element.dispatchEvent(event);
    return event;
  };

  beforeEach(() => {
    jamz = new FakeJamz();
    group = jamz.group('crew');
    group.playlist$.next([road, rain]);
    now();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      now({ playing: true });
      const element = await player();
      element.theme = theme;
      await element.updateComplete;
      await audited(element);
      part(element, 'listen').click();
      await element.updateComplete;
      await audited(element);
    });
  }

  it('asks the group to play, and makes this device listen', async () => {
    const element = await player();
    part(element, 'toggle').click();
    expect(group.calls).to.deep.equal(['listen', 'play']);
    expect(group.listener.calls).to.deep.equal(['start']);
  });

  it('asks the group to pause', async () => {
    now({ playing: true });
    const element = await player();
    part(element, 'toggle').click();
    expect(group.calls).to.contain('pause');
  });

  it('plays the first track where none was chosen yet', async () => {
    now({ item: null, durationMs: null });
    const element = await player();
    part(element, 'toggle').click();
    expect(group.calls).to.deep.equal(['listen', 'select road']);
  });

  it('plays again from the start once the last track has ended', async () => {
    now({ playing: true, positionMs: 180_000, nextItem: null });
    const element = await player();
    await element.updateComplete;
    expect(part(element, 'toggle').getAttribute('aria-label')).to.equal('Play again');
    expect(text(element)).to.contain('The playlist has ended');
    part(element, 'toggle').click();
    expect(group.calls).to.contain('select road');
  });

  it('does nothing where the page says no', async () => {
    const element = await player();
    element.addEventListener('jamz-request-play', (event) => event.preventDefault());
    part(element, 'toggle').click();
    expect(group.calls).to.deep.equal([]);
  });

  it('goes to the next and the previous track, repeats, shuffles, likes', async () => {
    const element = await player();
    for (const name of ['next', 'previous', 'repeat', 'shuffle', 'like'])
      part(element, name).click();
    expect(group.calls).to.deep.equal([
      'next',
      'previous',
      'repeat all',
      'shuffle true',
      'like road',
    ]);
  });

  it('disables what this member may not do', async () => {
    group.denied = new Set(['control']);
    const element = await player();
    const toggle = part(element, 'toggle');
    expect(toggle).to.have.property('disabled', true);
    expect(part(element, 'seek').getAttribute('aria-disabled')).to.equal('true');
    press(part(element, 'seek'), 'k');
    press(part(element, 'seek'), 'ArrowRight');
    expect(group.calls).to.deep.equal([]);
  });

  it('is a slider that says where it is', async () => {
    const element = await player();
    const seek = part(element, 'seek');
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
    it(`answers the key ${JSON.stringify(key)} on the slider with ${call}`, async () => {
      const element = await player();
      const event = press(part(element, 'seek'), key);
      expect(group.calls.filter((each) => each !== 'listen')).to.deep.equal([call]);
      expect(event.defaultPrevented).to.equal(true);
    });
  }

  it('leaves the space bar to a focused button, and shortcuts to the browser', async () => {
    const element = await player();
    expect(press(part(element, 'next'), ' ').defaultPrevented).to.equal(false);
    expect(press(part(element, 'seek'), 'l', { ctrlKey: true }).defaultPrevented).to.equal(false);
    expect(group.calls).to.deep.equal([]);
  });

  it('leaves all keys alone when its keyboard is off', async () => {
    const element = await player();
    element.keyboard = 'off';
    await element.updateComplete;
    press(part(element, 'toggle'), 'k');
    expect(group.calls).to.deep.equal([]);
    expect(element.shadowRoot?.querySelector('dialog')).to.equal(null);
  });

  it('shows its keys on ?', async () => {
    const element = await player();
    press(part(element, 'seek'), '?');
    await waitUntil(() => element.shadowRoot?.querySelector('dialog')?.open, 'no sheet opened');
    await audited(element);
  });

  it('mutes and sets the volume of this device only', async () => {
    const element = await player();
    part(element, 'toggle').click();
    await element.updateComplete;
    press(part(element, 'seek'), 'm');
    expect(group.listener.muted).to.equal(true);
    await waitUntil(() => element.shadowRoot?.querySelector('input[type=range]'), 'no volume');
    const range = element.shadowRoot?.querySelector<HTMLInputElement>('input[type=range]');
    if (range) range.value = '0.3';
    range?.dispatchEvent(new Event('input'));
    expect(group.listener).to.include({ volume: 0.3, muted: false });
  });

  it('passes its pan to the sound', async () => {
    const element = await player();
    element.setAttribute('pan', '-1');
    await element.updateComplete;
    part(element, 'toggle').click();
    expect(group.listener.pan).to.equal(-1);
  });

  it('offers one button where the browser wants a tap first', async () => {
    now({ playing: true });
    const element = await player();
    group.listen();
    part(element, 'listen').click();
    group.listener.state$.next({ kind: 'blocked' });
    await element.updateComplete;
    expect(part(element, 'listen').textContent).to.contain('Tap to listen');
    group.listener.state$.next({ kind: 'playing' });
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector("[part='listen']")).to.equal(null);
  });

  it('shows stripes while it loads, and why a track cannot be played', async () => {
    now({ playing: true });
    const element = await player();
    part(element, 'listen').click();
    group.listener.state$.next({ kind: 'buffering' });
    await element.updateComplete;
    expect(part(element, 'seek').hasAttribute('data-buffering')).to.equal(true);
    group.listener.state$.next({ kind: 'failed', message: 'The file is gone.' });
    await element.updateComplete;
    expect(text(element)).to.contain('The file is gone.');
  });

  it('marks where the group is while this device is somewhere else', async () => {
    now({ playing: true });
    const element = await player();
    part(element, 'listen').click();
    group.listener.state$.next({ kind: 'playing' });
    group.listener.driftMs$.next(-9_000);
    await element.updateComplete;
    const seek = part(element, 'seek');
    expect(seek.hasAttribute('data-ghost')).to.equal(true);
    expect(seek.style.getPropertyValue('--_ghost')).to.equal('33.33%');
    expect(seek.style.getPropertyValue('--_played')).to.equal('28.33%');
  });

  it('says who is in control and what comes next', async () => {
    const element = await player();
    expect(text(element)).to.contain('Bo Lind is in control');
    expect(text(element)).to.contain('Next Rain Song');
  });

  it('tells the page and says aloud that the track changed, but not the one at the start', async () => {
    const element = await player();
    const status = element.shadowRoot?.querySelector('[role=status]');
    expect(status?.textContent).to.equal('');
    const change = oneEvent(element, 'jamz-track-change');
    now({ item: rain });
    expect((await change).detail).to.deep.equal({ itemId: 'rain', title: 'Rain Song' });
    await element.updateComplete;
    expect(status?.textContent).to.equal('Playing Rain Song by The Tunnels');
  });

  it('tells the page when the music plays and when it stops', async () => {
    const element = await player();
    const told: string[] = [];
    element.addEventListener('jamz-play', () => told.push('play'));
    element.addEventListener('jamz-pause', () => told.push('pause'));
    now({ playing: true });
    now({ playing: false });
    expect(told).to.deep.equal(['play', 'pause']);
  });

  it('draws the accent from the artwork', async () => {
    const canvas = document.createElement('canvas');
    const paint = canvas.getContext('2d');
    if (paint) paint.fillStyle = 'rgb(30 60 220)';
    paint?.fillRect(0, 0, 300, 150);
    group.answerArtworkUrl = canvas.toDataURL();
    const element = await player();
    const accent = (): string => part(element, 'base').style.getPropertyValue('--_art');
    await waitUntil(() => accent() !== '', 'no accent was drawn');
    expect(accent()).to.match(/^light-dark\(oklch\(0\.5 0\.170 26\d\)/);
  });

  for (const [state, said, set] of [
    ['signed out', 'You are signed out', () => group.availability$.next({ kind: 'signed-out' })],
    ['removed', 'no longer in this group', () => unavailable('removed')],
    ['without permission', 'not open to you', () => unavailable('forbidden')],
    ['an old version', 'A newer version is needed', () => unavailable('update-needed')],
    ['a foreign origin', location.origin, () => unavailable('origin-not-allowed')],
    ['unreachable', 'Try again', () => unavailable('unavailable')],
    ['no track at all', 'Add a track', () => nothingThere()],
  ] as const) {
    it(`says what to do when it is ${state}, and passes its audit`, async () => {
      set();
      const element = await player();
      await waitUntil(() => text(element).includes(said), `it does not say ${said}`);
      await audited(element);
    });
  }

  it('says what its author has to write when it has no group', async () => {
    const element = await fixture<JamzPlayer>(html`<jamz-player></jamz-player>`);
    await waitUntil(() => text(element).includes('attributes server and site'), 'it does not say');
  });

  it('says that it is offline and shows what it has', async () => {
    jamz.status$.next({ ...jamz.status$.value, state: 'OFFLINE' });
    const element = await player();
    expect(text(element)).to.contain('Offline');
    expect(text(element)).to.contain('Road Song');
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await player();
    const page = element.parentElement;
    element.remove();
    expect(group.nowPlaying$.observed).to.equal(false);
    expect(group.members$.observed).to.equal(false);
    page?.append(element);
    await element.updateComplete;
    expect(group.nowPlaying$.observed).to.equal(true);
  });

  function unavailable(
    code: 'removed' | 'forbidden' | 'update-needed' | 'origin-not-allowed' | 'unavailable',
  ): void {
    group.availability$.next({ kind: 'unavailable', code, message: code });
  }
  function nothingThere(): void {
    group.playlist$.next([]);
    group.nowPlaying$.next(silence);
  }
});
