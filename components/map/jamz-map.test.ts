import { aTimeout, expect, fixture, html, waitUntil as waitFor } from '@open-wc/testing';
import type { MemberPosition } from '../../sdk/index.ts';
import '../define/jamz-map.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { MapEngine } from './engine.ts';
import type { JamzMap } from './jamz-map.ts';

const nowMs = 1_700_000_000_000;

/** Frames come late on a busy machine. */
const waitUntil = (is: () => unknown, what?: string): Promise<void> =>
  waitFor(() => Boolean(is()), what, { timeout: 8000 });

function at(
  memberId: string,
  patch: Partial<MemberPosition> & { ageMs?: number; lat?: number; lng?: number } = {},
): MemberPosition {
  const { ageMs = 0, lat = 43.7384, lng = 7.4246, ...rest } = patch;
  return {
    memberId,
    deviceId: `${memberId}-phone`,
    name: memberId === 'ana' ? 'Ana Novak' : 'Bo Lind',
    me: memberId === 'ana',
    mode: 'precise',
    fix: { lat, lng, accuracyM: 10, headingDeg: 90, speedMps: 0, atMs: nowMs - ageMs },
    ...rest,
  };
}

/** A device that answers when the test says so. */
class FakeGeolocation implements Geolocation {
  watching = 0;
  answer: PositionCallback | undefined;
  refuse: PositionErrorCallback | null | undefined;
  watchPosition(answer: PositionCallback, refuse?: PositionErrorCallback | null): number {
    this.answer = answer;
    this.refuse = refuse;
    this.watching += 1;
    return 7;
  }
  clearWatch(): void {
    this.watching -= 1;
  }
  getCurrentPosition(): void {}
}

describe('<jamz-map>', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;

  const map = async (theme = 'light'): Promise<JamzMap> => {
    const element = await fixture<JamzMap>(
      html`<jamz-map theme=${theme} .group=${group} style="width: 390px"></jamz-map>`,
    );
    await waitUntil(() => element.shadowRoot?.querySelector('.scale'), 'the ground opens');
    return element;
  };
  const all = (element: JamzMap, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const text = (element: JamzMap, selector: string): string =>
    all(element, selector)
      .map((found) => found.textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const press = (element: JamzMap, label: string): void => {
    all(element, 'button')
      .find((button) => (button.getAttribute('aria-label') ?? button.textContent)?.includes(label))
      ?.click();
  };

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
      await expect(element).to.be.accessible();
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

  it('shows that this device shares as long as it does, and stops at a tap', async () => {
    group.sharing('precise');
    const element = await map();
    expect(text(element, '.sharing')).to.contain('You are sharing');
    press(element, 'Stop');
    await element.updateComplete;
    expect(group.calls.at(-1)).to.equal('sharing off');
    expect(all(element, '.sharing').length).to.equal(0);
  });

  it('asks the device only at a tap, then shares and reports what it says', async () => {
    const device = new FakeGeolocation();
    const element = await map();
    element.geolocation = device;
    expect(device.watching).to.equal(0);
    press(element, 'Share my position');
    await element.updateComplete;
    expect(text(element, '.hint')).to.contain('Allow your position');

    const coords = { latitude: 43.7, longitude: 7.4, accuracy: 8, heading: null, speed: null };
    device.answer?.({ coords, timestamp: nowMs } as GeolocationPosition);
    expect(group.calls).to.deep.equal(['sharing precise', 'reportPosition 43.7 7.4']);
  });

  it('says what to do when the browser blocks the position', async () => {
    const device = new FakeGeolocation();
    const element = await map();
    element.geolocation = device;
    press(element, 'Share my position');
    device.refuse?.({ code: 1 } as GeolocationPositionError);
    await element.updateComplete;
    expect(text(element, '.trouble')).to.contain('Allow it in the site’s settings');
    expect(device.watching).to.equal(0);
    expect(group.calls).to.deep.equal([]);
  });

  it('never asks the device where the page reports positions itself', async () => {
    const device = new FakeGeolocation();
    const element = await map();
    element.geolocation = device;
    element.externalPositions = true;
    press(element, 'Share my position');
    expect(device.watching).to.equal(0);
    expect(group.calls).to.deep.equal(['sharing precise']);
  });

  it('lets the page keep sharing from happening', async () => {
    const element = await map();
    element.externalPositions = true;
    element.addEventListener('jamz-request-share-position', (event) => event.preventDefault());
    press(element, 'Share my position');
    expect(group.calls).to.deep.equal([]);
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
