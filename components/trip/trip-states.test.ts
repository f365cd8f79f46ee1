import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../define/jamz-trip.ts';
import type { Trip } from '../../sdk/index.ts';
import { status } from '../shared/testing/common-states.ts';
import { type FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzTrip } from './jamz-trip.ts';
import { harbourTrip } from './trip-fixture.ts';
import { all, find, shown, tripClient, words } from './trip-page-fixture.ts';

describe('<jamz-trip>, what it says of its trip', () => {
  let jamz: FakeJamz;

  beforeEach(() => {
    jamz = tripClient();
  });

  const open = async (): Promise<JamzTrip> =>
    shown(
      await fixture<JamzTrip>(
        html`<jamz-trip
          from=${harbourTrip.fromMs}
          until=${harbourTrip.untilMs}
          .group=${jamz.group('crew')}
          style="width: 390px"
        ></jamz-trip>`,
      ),
    );
  const byLink = async (): Promise<JamzTrip> =>
    shown(await fixture<JamzTrip>(html`<jamz-trip code="q3" .client=${jamz}></jamz-trip>`));

  it('says that nothing was recorded, and how many did not agree to be shown', async () => {
    const nothing: Trip = { ...harbourTrip, travellers: [], songs: [], messages: [], likes: [] };
    jamz.group('crew').trips.answer = { ...nothing, unseenCount: 0 };
    const element = await open();
    expect(words(find(element, '.notice'))).to.contain('Nothing was recorded then');
    jamz.group('crew').trips.answer = { ...nothing, unseenCount: 3 };
    element.until = harbourTrip.untilMs + 1;
    await waitUntil(() => words(element).includes('3 people were there'), 'it says so');
  });

  it('says why it has none, and tries again at the person’s wish', async () => {
    const { trips } = jamz.group('crew');
    trips.answer = undefined;
    trips.failure = Object.assign(new Error('down'), { code: 'unavailable' });
    const element = await open();
    trips.answer = harbourTrip;
    find(element, '.notice .button').click();
    await waitUntil(() => element.shadowRoot?.querySelector('.line'), 'the trip is there');
  });

  it('tries again by itself once the network is back', async () => {
    const { trips } = jamz.group('crew');
    trips.answer = undefined;
    trips.failure = Object.assign(new Error('down'), { code: 'unavailable' });
    jamz.status$.next(status.offline);
    const element = await open();
    trips.answer = harbourTrip;
    jamz.status$.next(synced);
    await waitUntil(() => element.shadowRoot?.querySelector('.line'), 'the trip is there');
  });

  it('shows offline what the page has loaded before, and says of when it is', async () => {
    const before = await open();
    // Below another one it would not be seen, and not load.
    before.remove();
    const { trips } = jamz.group('crew');
    trips.answer = undefined;
    trips.failure = Object.assign(new Error('down'), { code: 'unavailable' });
    const again = await open();
    expect(words(find(again, '.pill'))).to.match(/^Offline\. As loaded at /);
    expect(all(again, '.way')).to.have.length(3);
  });

  it('shows a shared trip by its code to who is not signed in, without a way to share it', async () => {
    jamz.user$.next(null);
    const element = await byLink();
    expect(jamz.calls).to.include('trip q3');
    expect(all(element, '.way')).to.have.length(3);
    expect(all(element, '.share')).to.have.length(0);
  });

  for (const code of ['gone', 'not-found']) {
    it(`says of a link that is ${code} that it has ended, with nothing to try again`, async () => {
      jamz.trips.answer = undefined;
      jamz.trips.failure = Object.assign(new Error('over'), { code });
      const element = await byLink();
      expect(words(find(element, '.notice'))).to.contain('This trip is no longer shared');
      expect(all(element, '.notice button')).to.have.length(0);
    });
  }

  it('shows a trip that the page has already, without a connection', async () => {
    const element = await shown(
      await fixture<JamzTrip>(html`<jamz-trip .trip=${harbourTrip}></jamz-trip>`),
    );
    expect(all(element, '.way')).to.have.length(3);
  });

  it('comes back as it was from its place in the page to another', async () => {
    const element = await open();
    const before = all(element, '.moment').length;
    const parent = element.parentElement;
    element.remove();
    parent?.append(element);
    await waitUntil(() => all(element, '.moment').length === before, 'it is as it was');
  });
});
