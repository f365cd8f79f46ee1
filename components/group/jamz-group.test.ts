import { expect, fixture, html, nextFrame, oneEvent, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import { JamzPlayer } from '../player/jamz-player.ts';
import { define } from '../shared/define.ts';
import { audited } from '../shared/testing/audited.ts';
import { FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import { JamzGroup } from './jamz-group.ts';

define('jamz-player', JamzPlayer);

describe('<jamz-group>', () => {
  let jamz: FakeJamz;

  before(async () => {
    // An element that is on the page before the group's module has loaded.
    const early = await fixture(html`<jamz-group><jamz-player></jamz-player></jamz-group>`);
    expect(early.querySelector('jamz-player')?.shadowRoot?.textContent).not.to.contain('needs');
    define('jamz-group', JamzGroup);
  });
  beforeEach(() => {
    jamz = new FakeJamz();
  });

  const page = (): Promise<JamzGroup> =>
    fixture<JamzGroup>(html`
      <jamz-group .client=${jamz} group="crew"><jamz-player></jamz-player></jamz-group>
    `);
  /** What a player says loads when it is first said. */
  const says = (group: JamzGroup, words: string): Promise<void> =>
    waitUntil(
      () => group.querySelector('jamz-player')?.shadowRoot?.textContent?.includes(words),
      `the player does not say ${words}`,
    );

  it('passes its accessibility audit', async () => {
    await audited(await page());
  });

  it('provides its group to the elements inside', async () => {
    const group = await page();
    await says(group, 'Nothing to play yet');
    expect(group.current).to.equal(jamz.group('crew'));
  });

  it('tells the elements inside that nobody is signed in', async () => {
    jamz.user$.next(null);
    await says(await page(), 'You are signed out');
  });

  it('provides to an element that was there before it was defined', async () => {
    const group = document.createElement('jamz-group');
    expect(group).to.be.instanceOf(JamzGroup);
    const late = await page();
    await says(late, 'Nothing to play yet');
  });

  it('tells each change of the status once', async () => {
    const group = await page();
    await nextFrame();
    const told: string[] = [];
    group.addEventListener('jamz-status-change', ({ detail }) =>
      told.push(`${detail.state} ${detail.pending}`),
    );
    jamz.status$.next({ ...synced, state: 'OFFLINE', pending: 2 });
    jamz.status$.next({ ...synced, state: 'OFFLINE', pending: 2, roundTripMs: 30 });
    expect(told).to.deep.equal(['OFFLINE 2']);
  });

  it('tells who signed in', async () => {
    jamz.user$.next(null);
    const group = await page();
    await nextFrame();
    const event = oneEvent(group, 'jamz-sign-in');
    await jamz.session.signInAsGuest({ name: 'Bo' });
    expect((await event).detail).to.deep.equal({ userId: 'guest', name: 'Bo', guest: true });
  });

  it('tells what was refused, with its code', async () => {
    const group = await page();
    await nextFrame();
    const event = oneEvent(group, 'jamz-error');
    jamz.setAside$.next([
      {
        opId: 'ana-1',
        scope: 'g:crew',
        summary: 'add “Road Song”',
        opType: 'playlist.add',
        reason: new JamzError('forbidden', 'Only owners add tracks.'),
        setAsideAtMs: 0,
        retry: () => {},
        discard: () => {},
      },
    ]);
    expect((await event).detail).to.deep.equal({
      code: 'forbidden',
      message: 'Only owners add tracks.',
    });
  });

  it('follows nothing while it is off the page, and all of it again afterwards', async () => {
    const group = await page();
    await nextFrame();
    const parent = group.parentElement;
    group.remove();
    expect(jamz.status$.observed).to.equal(false);
    expect(jamz.group('crew').nowPlaying$.observed).to.equal(false);
    parent?.append(group);
    await says(group, 'Nothing to play yet');
  });
});
