import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import '../define/jamz-trip.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { crew } from '../shared/testing/people.ts';
import type { JamzTrip } from './jamz-trip.ts';
import { harbourTrip, link } from './trip-fixture.ts';

describe('sharing a trip', () => {
  let jamz: FakeJamz;
  let group: FakeGroup;
  let element: JamzTrip;

  beforeEach(() => {
    jamz = new FakeJamz('pk_trip_share');
    group = jamz.group('crew');
    group.members$.next(crew);
    group.trips.answer = harbourTrip;
  });

  const open = async (): Promise<void> => {
    const { fromMs, untilMs } = harbourTrip;
    element = await fixture<JamzTrip>(
      html`<jamz-trip .from=${fromMs} .until=${untilMs} .group=${group}></jamz-trip>`,
    );
    await waitUntil(() => element.shadowRoot?.querySelector('.share'), 'it can be shared');
    find('.share').click();
    await waitUntil(
      () => element.shadowRoot?.querySelector('.sharing') && !busy(),
      'the links are known',
    );
  };
  const find = (selector: string): HTMLElement => {
    const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const busy = (): boolean => find('form.make').getAttribute('aria-busy') === 'true';
  const said = (selector: string): string =>
    (find(selector).textContent ?? '').replace(/\s+/gu, ' ').trim();
  const press = (text: string): void => {
    const buttons = [...(element.shadowRoot?.querySelectorAll('button') ?? [])];
    const button = buttons.find((one) => one.textContent?.includes(text));
    if (!button) throw new Error(`there is no button ${text}`);
    button.click();
  };
  const calls = (start: string): readonly string[] =>
    group.calls.filter((call) => call.startsWith(start));

  it('makes a link of the title and the time that the person chose', async () => {
    await open();
    const title = find('#trip-title') as HTMLInputElement;
    expect(title.value).to.equal('Down to the beach');
    title.value = ' Sunday ';
    title.dispatchEvent(new InputEvent('input'));
    (find('input[type=radio]') as HTMLInputElement).click();
    const asked = oneEvent(element, 'jamz-request-share-trip');
    press('Make a link');
    const { detail } = (await asked) as CustomEvent;
    expect(detail).to.deep.equal({
      from: harbourTrip.fromMs,
      until: harbourTrip.untilMs,
      title: 'Sunday',
      expiresAt: jamz.nowMs + 86_400_000,
    });
    await waitUntil(() => element.shadowRoot?.querySelector('.link'), 'the link is there');
    expect(calls('shareTrip')).to.deep.equal(['shareTrip Sunday']);
    expect(said('.link')).to.contain('Shared by You · Expires in 24 hours');
    expect(said('.consents')).to.contain('Bo Lind Has not answered');
  });

  it('leaves it to a page that wants to do it itself', async () => {
    await open();
    element.addEventListener('jamz-request-share-trip', (event) => event.preventDefault());
    press('Make a link');
    await element.updateComplete;
    expect(calls('shareTrip')).to.deep.equal([]);
  });

  it('tells of a question before the panel is open, and asks it there', async () => {
    group.trips.links = [link()];
    await open();
    expect(find('.share').getAttribute('aria-label')).to.contain('1 question for you');
    expect(said('.link')).to.contain('Chi Okafor Not in it');
    press('Yes, show me');
    const isChosen = (answer: string): boolean =>
      find(`.answers .button:${answer}-child`).getAttribute('aria-pressed') === 'true';
    await waitUntil(() => isChosen('first') && !busy(), 'it was answered');
    expect(calls('answerTrip')).to.deep.equal(['answerTrip link-1 yes']);
    await waitUntil(() => !find('.share').getAttribute('aria-label')?.includes('question'));
    press('No');
    await waitUntil(() => isChosen('last') && !busy(), 'it was changed');
    expect(calls('answerTrip').at(-1)).to.equal('answerTrip link-1 no');
  });

  it('does not ask who was not there', async () => {
    group.trips.links = [link({ consents: [{ userId: 'bo', answer: 'yes' }] })];
    await open();
    expect(element.shadowRoot?.querySelector('.mine')).to.equal(null);
  });

  it('ends a link, for who made it and for who may remove members', async () => {
    group.trips.links = [link({ sharedBy: 'ana' })];
    await open();
    press('End this link');
    await waitUntil(() => !element.shadowRoot?.querySelector('.link'), 'it is gone');
    expect(calls('endTripLink')).to.deep.equal(['endTripLink link-1']);
  });

  it('offers nobody else to end it', async () => {
    group.denied = new Set(['remove-members']);
    group.trips.links = [link({ sharedBy: 'bo' })];
    await open();
    expect(said('.link')).to.not.contain('End this link');
  });

  it('says what went wrong, keeps what was typed, and tries again', async () => {
    const tripLinks = group.trips.tripLinks.bind(group.trips);
    group.trips.tripLinks = () =>
      Promise.reject(Object.assign(new Error('down'), { code: 'unavailable' }));
    await open();
    await waitUntil(() => element.shadowRoot?.querySelector('.problem'), 'it says so');
    expect(said('.problem')).to.equal('No connection. Try again when you are online.');
    group.trips.tripLinks = tripLinks;
    group.trips.links = [link()];
    press('Try again');
    await waitUntil(() => element.shadowRoot?.querySelector('.link'), 'the links are there');
    expect(element.shadowRoot?.querySelector('.problem')).to.equal(null);
  });

  it('shows the list of moments again when it is closed', async () => {
    await open();
    find('.share').click();
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('.moments')).to.not.equal(null);
  });
});
