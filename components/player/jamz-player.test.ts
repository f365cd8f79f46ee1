import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { audited } from '../shared/testing/audited.ts';
import { type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import type { JamzPlayer } from './jamz-player.ts';
import { type PlayerWorld, partOf, playerWorld, press, rain, textOf } from './player-fixture.ts';

describe('<jamz-player>', () => {
  let world: PlayerWorld;
  let group: FakeGroup;

  beforeEach(() => {
    world = playerWorld();
    ({ group } = world);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      world.now({ playing: true });
      const element = await fixture<JamzPlayer>(world.player);
      element.theme = theme;
      await element.updateComplete;
      await audited(element);
      partOf(element, 'listen').click();
      await element.updateComplete;
      await audited(element);
    });
  }

  it('asks the group to play, and makes this device listen', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'toggle').click();
    expect(group.calls).to.deep.equal(['listen', 'play']);
    expect(group.listener.calls).to.deep.equal(['start']);
  });

  it('asks the group to pause', async () => {
    world.now({ playing: true });
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'toggle').click();
    expect(group.calls).to.contain('pause');
  });

  it('plays the first track where none was chosen yet', async () => {
    world.now({ item: null, durationMs: null });
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'toggle').click();
    expect(group.calls).to.deep.equal(['listen', 'select road']);
  });

  it('plays again from the start once the last track has ended', async () => {
    world.now({ playing: true, positionMs: 180_000, nextItem: null });
    const element = await fixture<JamzPlayer>(world.player);
    await element.updateComplete;
    expect(partOf(element, 'toggle').getAttribute('aria-label')).to.equal('Play again');
    expect(textOf(element)).to.contain('The playlist has ended');
    partOf(element, 'toggle').click();
    expect(group.calls).to.contain('select road');
  });

  it('does nothing where the page says no', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    element.addEventListener('jamz-request-play', (event) => event.preventDefault());
    partOf(element, 'toggle').click();
    expect(group.calls).to.deep.equal([]);
  });

  it('goes to the next and the previous track, repeats, shuffles, likes', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    for (const name of ['next', 'previous', 'repeat', 'shuffle', 'like'])
      partOf(element, name).click();
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
    const element = await fixture<JamzPlayer>(world.player);
    const toggle = partOf(element, 'toggle');
    expect(toggle).to.have.property('disabled', true);
    expect(partOf(element, 'seek').getAttribute('aria-disabled')).to.equal('true');
    press(partOf(element, 'seek'), 'k');
    press(partOf(element, 'seek'), 'ArrowRight');
    expect(group.calls).to.deep.equal([]);
  });

  it('passes its pan to the sound', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    element.setAttribute('pan', '-1');
    await element.updateComplete;
    partOf(element, 'toggle').click();
    expect(group.listener.pan).to.equal(-1);
  });

  it('offers one button where the browser wants a tap first', async () => {
    world.now({ playing: true });
    const element = await fixture<JamzPlayer>(world.player);
    group.listen();
    partOf(element, 'listen').click();
    group.listener.state$.next({ kind: 'blocked' });
    await element.updateComplete;
    expect(partOf(element, 'listen').textContent).to.contain('Tap to listen');
    group.listener.state$.next({ kind: 'playing' });
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector("[part='listen']")).to.equal(null);
  });

  it('shows stripes while it loads, and why a track cannot be played', async () => {
    world.now({ playing: true });
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'listen').click();
    group.listener.state$.next({ kind: 'buffering' });
    await element.updateComplete;
    expect(partOf(element, 'seek').hasAttribute('data-buffering')).to.equal(true);
    group.listener.state$.next({ kind: 'failed', message: 'The file is gone.' });
    await element.updateComplete;
    expect(textOf(element)).to.contain('The file is gone.');
  });

  it('marks where the group is while this device is somewhere else', async () => {
    world.now({ playing: true });
    const element = await fixture<JamzPlayer>(world.player);
    partOf(element, 'listen').click();
    group.listener.state$.next({ kind: 'playing' });
    group.listener.driftMs$.next(-9_000);
    await element.updateComplete;
    const seek = partOf(element, 'seek');
    expect(seek.hasAttribute('data-ghost')).to.equal(true);
    expect(seek.style.getPropertyValue('--_ghost')).to.equal('33.33%');
    expect(seek.style.getPropertyValue('--_played')).to.equal('28.33%');
  });

  it('says who is in control and what comes next', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    expect(textOf(element)).to.contain('Bo Lind is in control');
    expect(textOf(element)).to.contain('Next Rain Song');
  });

  it('tells the page and says aloud that the track changed, but not the one at the start', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    const status = element.shadowRoot?.querySelector('[role=status]');
    expect(status?.textContent).to.equal('');
    const change = oneEvent(element, 'jamz-track-change');
    world.now({ item: rain });
    expect((await change).detail).to.deep.equal({ itemId: 'rain', title: 'Rain Song' });
    await element.updateComplete;
    expect(status?.textContent).to.equal('Playing Rain Song by The Tunnels');
  });

  it('tells the page when the music plays and when it stops', async () => {
    const element = await fixture<JamzPlayer>(world.player);
    const told: string[] = [];
    element.addEventListener('jamz-play', () => told.push('play'));
    element.addEventListener('jamz-pause', () => told.push('pause'));
    world.now({ playing: true });
    world.now({ playing: false });
    expect(told).to.deep.equal(['play', 'pause']);
  });

  it('draws the accent from the artwork', async () => {
    const canvas = document.createElement('canvas');
    const paint = canvas.getContext('2d');
    if (paint) paint.fillStyle = 'rgb(30 60 220)';
    paint?.fillRect(0, 0, 300, 150);
    group.answerArtworkUrl = canvas.toDataURL();
    const element = await fixture<JamzPlayer>(world.player);
    const accent = (): string => partOf(element, 'base').style.getPropertyValue('--_art');
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
      const element = await fixture<JamzPlayer>(world.player);
      await waitUntil(() => textOf(element).includes(said), `it does not say ${said}`);
      await audited(element);
    });
  }

  it('says what its author has to write when it has no group', async () => {
    const element = await fixture<JamzPlayer>(html`<jamz-player></jamz-player>`);
    await waitUntil(
      () => textOf(element).includes('attributes server and site'),
      'it does not say',
    );
  });

  it('says that it is offline and shows what it has', async () => {
    world.jamz.status$.next({ ...world.jamz.status$.value, state: 'OFFLINE' });
    const element = await fixture<JamzPlayer>(world.player);
    expect(textOf(element)).to.contain('Offline');
    expect(textOf(element)).to.contain('Road Song');
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await fixture<JamzPlayer>(world.player);
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
