import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import '../define/jamz-map.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { MapEngine } from './engine.ts';
import type { JamzMap } from './jamz-map.ts';
import { all, at, nowMs, text, waitUntil } from './map-fixture.ts';

const openMap = async (group: FakeGroup, theme = 'light'): Promise<JamzMap> => {
  const element = await fixture<JamzMap>(
    html`<jamz-map theme=${theme} .group=${group} style="width: 390px"></jamz-map>`,
  );
  await waitUntil(() => element.shadowRoot?.querySelector('.scale'), 'the ground opens');
  return element;
};

describe('<jamz-map>', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;

  const map = (theme?: string): Promise<JamzMap> => openMap(group, theme);

  beforeEach(() => {
    jamz = new FakeJamz();
    group = jamz.group('crew');
    group.positions$.next([at('ana'), at('bo', { lat: 43.7474 })]);
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, sheet open, sharing`, async () => {
      group.sharing('precise');
      const element = await map(theme);
      all(element, '.sheet-head')[0]?.click();
      await element.updateComplete;
      await audited(element);
    });
  }

  it('puts a marker for everybody on a plain ground when it has no tiles', async () => {
    const element = await map();
    await waitUntil(() => all(element, '.marker.placed').length === 2);
    expect(text(element, '.face').startsWith('AN')).to.equal(true);
    expect(text(element, '.scale')).to.match(/\d+ (m|km)/);
  });

  it('tells distance, direction and age of everybody in the sheet', async () => {
    group.positions$.next([at('ana'), at('bo', { lat: 43.7474, ageMs: 252_000 })]);
    const element = await map();
    expect(text(element, 'button.person')).to.contain('4 min ago');
    expect(text(element, 'button.person')).to.contain('1.0 km N');
  });

  it('says when a position is only where somebody was last seen', async () => {
    group.positions$.next([at('bo', { ageMs: 3_600_000 })]);
    const element = await map();
    expect(text(element, 'button.person')).to.contain('Last seen 1 h ago');
  });

  it('lists members who do not share, and says so when nobody does', async () => {
    group.positions$.next([]);
    const element = await map();
    expect(text(element, '.sheet-title')).to.equal('Nobody shares their position');
    expect(text(element, '.person.off')).to.contain('Bo Lind Not sharing');
  });

  it('piles up markers that would cover each other', async () => {
    group.positions$.next([at('ana'), at('bo')]);
    const element = await map();
    await waitUntil(() => text(element, '.count').includes('2'));
  });

  it('never draws as live who is not: paused, silent, or over by itself', async () => {
    group.positions$.next([
      at('ana', { pausedAtMs: nowMs - 1_000, ageMs: 5_000 }),
      at('bo', { ageMs: 29_000 }),
      at('chi', { untilMs: nowMs }),
    ]);
    const element = await map();
    expect(all(element, '.marker.live').length).to.equal(0);
    expect(text(element, '.person-state')).to.contain('Paused 5 s ago');
    expect(text(element, '.person-state')).to.contain('29 s ago');
    expect(all(element, '.marker').length).to.equal(2);
  });

  it('moves and zooms with the keyboard, and following ends', async () => {
    const element = await map();
    const ground = all(element, '.grounds')[0];
    const before = text(element, '.scale');
    ground?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', cancelable: true }));
    expect(element.follow).to.equal('free');
    for (let times = 0; times < 2; times++) {
      ground?.dispatchEvent(new KeyboardEvent('keydown', { key: '-', cancelable: true }));
      await aTimeout(300);
    }
    expect(text(element, '.scale')).not.to.equal(before);
  });

  it('stays on the plain ground and says so when streets cannot be drawn', async () => {
    const element = await map();
    element.loadStreets = () => Promise.reject(new Error('no WebGL'));
    element.tiles = '/nowhere.pmtiles';
    await waitUntil(() => text(element, '.pill').includes('No streets here'));
    await waitUntil(() => all(element, '.marker.placed').length === 2);
    expect(text(element, '.attribution')).to.contain('OpenStreetMap');
  });

  it('goes over to the streets when they are there', async () => {
    const element = await map();
    let closed = 0;
    const streets: MapEngine = {
      kind: 'streets',
      camera: () => ({ lat: 43.7, lng: 7.4, zoom: 14 }),
      moveTo() {},
      project: () => ({ x: 30, y: 40 }),
      isTunnel: () => true,
      resize() {},
      setDark() {},
      close: () => {
        closed += 1;
      },
    };
    element.loadStreets = async () => ({ createStreetEngine: async () => streets });
    element.tiles = '/streets.pmtiles';
    await waitUntil(() => all(element, '.grounds.streets').length === 1);
    await waitUntil(() => all(element, '.marker')[0]?.style.translate === '30px 40px');
    const driving = at('bo', { ageMs: 120_000 });
    group.positions$.next([{ ...driving, fix: { ...driving.fix, speedMps: 14 } }]);
    await waitUntil(() => text(element, '.person-state').includes('Entered a tunnel 2 min ago'));
    element.remove();
    expect(closed).to.equal(1);
  });

  it('follows its streams only while it is on the page, and comes back whole', async () => {
    const element = await map();
    const page = element.parentElement;
    element.remove();
    expect(group.positions$.observed).to.equal(false);
    page?.append(element);
    await waitUntil(() => all(element, '.marker.placed').length === 2);
    expect(group.positions$.observed).to.equal(true);
  });

  it('asks who is signed out to sign in', async () => {
    group.availability$.next({ kind: 'signed-out' });
    const element = await fixture<JamzMap>(html`<jamz-map .group=${group}></jamz-map>`);
    expect(text(element, '.notice-title')).to.equal('You are signed out');
  });
});
