import { expect, fixture, html } from '@open-wc/testing';
import '../define/jamz-map.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzMap } from './jamz-map.ts';
import { all, at, FakeGeolocation, nowMs, press, text, waitUntil } from './map-fixture.ts';

const openMap = async (group: FakeGroup, theme = 'light'): Promise<JamzMap> => {
  const element = await fixture<JamzMap>(
    html`<jamz-map theme=${theme} .group=${group} style="width: 390px"></jamz-map>`,
  );
  await waitUntil(() => element.shadowRoot?.querySelector('.scale'), 'the ground opens');
  return element;
};

describe('sharing on the map', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;

  const map = (theme?: string): Promise<JamzMap> => openMap(group, theme);

  beforeEach(() => {
    jamz = new FakeJamz();
    group = jamz.group('crew');
    group.positions$.next([at('ana'), at('bo', { lat: 43.7474 })]);
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
    await waitUntil(() => device.answer, 'the code that asks has come');

    const coords = { latitude: 43.7, longitude: 7.4, accuracy: 8, heading: null, speed: null };
    device.answer?.({ coords, timestamp: nowMs } as GeolocationPosition);
    expect(group.calls).to.deep.equal(['sharing precise', 'reportPosition 43.7 7.4']);
    await waitUntil(() => all(element, '.sharing').length === 1);
    press(element, 'Stop');
    expect(device.watching).to.equal(0);
  });

  it('goes on asking the device where sharing was begun before, by this page or another tab', async () => {
    const device = new FakeGeolocation();
    group.sharing('coarse');
    const element = await fixture<JamzMap>(
      html`<jamz-map .group=${group} .geolocation=${device} style="width: 390px"></jamz-map>`,
    );
    await waitUntil(() => device.watching === 1);
    expect(group.calls).to.deep.equal(['sharing coarse']);
    await waitUntil(() => all(element, '.sharing').length === 1);
    press(element, 'Stop');
    expect(device.watching).to.equal(0);
  });

  it('takes fixes from whatever knows where the device is', async () => {
    let stopped = 0;
    const element = await map();
    element.geolocation = {
      watch(_pace, listener) {
        listener.fix({ lat: 43.7, lng: 7.4, accuracyM: 5, atMs: nowMs });
        return () => {
          stopped += 1;
        };
      },
    };
    press(element, 'Share my position');
    await waitUntil(() => group.calls.includes('reportPosition 43.7 7.4'));
    await waitUntil(() => all(element, '.sharing').length === 1);
    press(element, 'Stop');
    expect(stopped).to.equal(1);
  });

  it('draws one marker for a person with several devices, and shows this one where they say so', async () => {
    group.sharing('precise');
    const laptop = { deviceId: 'ana-laptop', lat: 43.8, movedAtMs: nowMs - 60_000 };
    group.positions$.next([at('ana', { movedAtMs: nowMs }), at('ana', laptop)]);
    const element = await map();
    await waitUntil(() => all(element, '.marker.placed').length === 1);
    expect(text(element, '.sheet-title')).to.equal('1 on the map');
    press(element, 'Time, private places, devices');
    await waitUntil(() => all(element, '.primary-device').length === 1);
    press(element, 'Show this device');
    expect(group.calls.at(-1)).to.equal('sharing precise primary');
  });

  it('says that this device is hidden, or paused, and until when it shares', async () => {
    const element = await map();
    group.sharing$.next({ mode: 'precise', untilMs: nowMs + 3_600_000 });
    await element.updateComplete;
    expect(text(element, '.sharing')).to.match(/You are sharing until \d\d:\d\d/u);
    group.sharing$.next({ mode: 'precise', untilMs: null, hidden: true });
    await element.updateComplete;
    expect(text(element, '.sharing')).to.contain('Hidden around a private place');
    group.sharing$.next({ mode: 'precise', untilMs: null, pausedAtMs: nowMs });
    await element.updateComplete;
    expect(text(element, '.sharing')).to.contain('Your sharing is paused');
    press(element, 'Stop');
    expect(group.calls).to.deep.equal(['sharing off']);
  });

  it('shares for as long as was chosen, and hides places', async () => {
    const element = await map();
    element.externalPositions = true;
    press(element, 'Time, private places, devices');
    await waitUntil(() => all(element, '.private button:not([disabled])').length > 0);
    all(element, 'input[name=lasting]')[2]?.click();
    press(element, 'Share my position');
    expect(group.sharing$.value.untilMs).to.equal(nowMs + 3_600_000);
    press(element, 'Hide me around here');
    await waitUntil(() => all(element, '.private li').length === 1);
    expect(jamz.hidden$.value?.[0]?.lat).to.equal(43.7384);
    press(element, 'Remove Place 1');
    await waitUntil(() => jamz.hidden$.value?.length === 0);
    await audited(element);
  });

  it('says what to do when the browser blocks the position', async () => {
    const device = new FakeGeolocation();
    const element = await map();
    element.geolocation = device;
    press(element, 'Share my position');
    await waitUntil(() => device.refuse, 'the code that asks has come');
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
});
