import { expect, fixture, html } from '@open-wc/testing';
import '../define/jamz-map.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzMap } from './jamz-map.ts';
import { all, at, nowMs, press, text, waitUntil } from './map-fixture.ts';

describe('arrivals on the map', () => {
  let group: FakeGroup;
  const heard: Record<string, unknown>[] = [];

  const open = async (): Promise<JamzMap> => {
    const element = await fixture<JamzMap>(
      html`<jamz-map .group=${group} style="width: 390px" external-positions
        @jamz-visit=${({ detail }: CustomEvent) => heard.push(detail)}></jamz-map>`,
    );
    await waitUntil(() => element.shadowRoot?.querySelector('.scale'), 'the ground opens');
    return element;
  };
  const arrived = (ageMs: number, placeId = 'beach') =>
    at('bo', { visit: { placeId, kind: 'arrived', atMs: nowMs - ageMs } });

  beforeEach(() => {
    heard.length = 0;
    group = new FakeJamz().group('crew');
    const beach = { placeId: 'beach', name: 'The beach', lat: 43.7, lng: 7.4, savedBy: 'bo' };
    group.places$.next([beach]);
    group.positions$.next([at('ana'), at('bo')]);
  });

  it('[PS26] are told once over the map and to the page, and stay in the list', async () => {
    const element = await open();
    group.positions$.next([at('ana'), arrived(90_000)]);
    await waitUntil(() => all(element, '.news').length === 1);
    expect(text(element, '.news')).to.equal('Bo Lind has arrived: The beach');
    expect(text(element, '.person-state')).to.contain('At The beach');
    group.positions$.next([at('ana'), arrived(90_000)]);
    await element.updateComplete;
    expect(heard).to.deep.equal([
      { memberId: 'bo', placeId: 'beach', kind: 'arrived', atMs: nowMs - 90_000 },
    ]);
    await audited(element);
  });

  it('[PS26] that are long ago, or of an unknown place, are no news', async () => {
    group.positions$.next([at('ana'), arrived(3_600_000)]);
    const element = await open();
    await waitUntil(() => text(element, '.person-state').includes('At The beach'));
    group.positions$.next([at('ana'), arrived(1_000, 'nowhere')]);
    await waitUntil(() => !text(element, '.person-state').includes('At The beach'));
    expect(all(element, '.news').length).to.equal(0);
    expect(heard).to.deep.equal([]);
  });

  it('[PS26] are told of this person where they say so, among the options', async () => {
    group.sharing('precise');
    const element = await open();
    press(element, 'Time, private places, devices');
    await waitUntil(() => all(element, '.check input').length === 1);
    const [box] = all(element, '.check input') as HTMLInputElement[];
    expect(box?.checked).to.equal(false);
    box?.click();
    expect(group.calls.at(-1)).to.equal('sharing precise visits');
    await element.updateComplete;
    expect(box?.checked).to.equal(true);
    await audited(element);
  });
});
