import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import '../define/jamz-profile.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { FakePush } from '../shared/testing/fake-push.ts';
import type { JamzProfile } from './jamz-profile.ts';
import { wantsInstall } from './push-panel.ts';

describe('<jamz-profile>, notifications', () => {
  let jamz: FakeJamz;
  let push: FakePush;

  const open = async (): Promise<JamzProfile> => {
    const element = await fixture<JamzProfile>(html`<jamz-profile .client=${jamz}></jamz-profile>`);
    find(element, '[data-part=push]').click();
    await waitUntil(() => element.shadowRoot?.querySelector('.panel'), 'it opens');
    await waitUntil(() => !element.shadowRoot?.querySelector('.part-bone'), 'it is there');
    return element;
  };
  const find = <Found extends HTMLElement>(element: JamzProfile, selector: string): Found => {
    const found = element.shadowRoot?.querySelector<Found>(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const text = (element: JamzProfile): string =>
    (find(element, '.panel').textContent ?? '').replace(/\s+/gu, ' ');

  beforeEach(() => {
    jamz = new FakeJamz();
    jamz.profile$.next({ name: 'Ana', photoFileId: null, aiOptIn: false });
    push = jamz.fakePush;
  });

  it('asks the browser in the very tap, and never before', async () => {
    const element = await open();
    expect(push.calls).to.deep.equal([]);
    find(element, '[part=push]').click();
    expect(push.calls).to.deep.equal(['enable']);
    await waitUntil(() => text(element).includes('Tell me when'));
    find(element, '[part=push]').click();
    await waitUntil(() => push.state$.value === 'off');
    await waitUntil(() => !text(element).includes('Tell me when'));
  });

  it('keeps what the person wants to be told', async () => {
    push.state$.next('on');
    const element = await open();
    const boxes = [
      ...(element.shadowRoot?.querySelectorAll<HTMLInputElement>('.check input') ?? []),
    ];
    expect(boxes.map(({ checked }) => checked)).to.deep.equal([
      ...[true, true, true, false, false, false, false, false],
    ]);
    boxes[3]?.click();
    expect(push.calls).to.deep.equal([
      'prefer {"kinds":["message","session-started","session-planned","member-joined"]}',
    ]);
  });

  it('keeps quiet hours by the clock of the person’s own zone', async () => {
    push.state$.next('on');
    const element = await open();
    find(element, '.group .switch').click();
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    await waitUntil(() => element.shadowRoot?.querySelector('#quiet-from'));
    const from = find<HTMLInputElement>(element, '#quiet-from');
    from.value = '21:30';
    from.dispatchEvent(new Event('change'));
    await waitUntil(() => push.calls.length === 2);
    expect(push.wants.quiet).to.deep.equal({ from: '21:30', to: '07:00', zone });
  });

  it('says how to undo a no, and what a page without push is missing', async () => {
    push.state$.next('denied');
    const element = await open();
    expect(text(element)).to.contain('set Notifications to Allow');
    push.state$.next('unsupported');
    await element.updateComplete;
    expect(text(element)).to.contain('cannot show messages while the page is closed');
    expect(element.shadowRoot?.querySelector('[part=push]')).to.equal(null);
  });

  it('sends iPhones and iPads to the home screen first, unless they are there', () => {
    const on = (userAgent: string, maxTouchPoints: number, matches = false) =>
      wantsInstall({ navigator: { userAgent, maxTouchPoints }, matchMedia: () => ({ matches }) });
    expect(on('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5)).to.equal(true);
    expect(on('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5)).to.equal(true);
    expect(on('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 0)).to.equal(false);
    expect(on('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5, true)).to.equal(false);
    expect(on('Mozilla/5.0 (Linux; Android 15)', 5)).to.equal(false);
  });

  for (const [code, said] of [
    ['forbidden', 'the browser has no permission'],
    ['unavailable', 'cannot be reached'],
  ] as const) {
    it(`says ${code} in plain words and stays off`, async () => {
      push.failure = new JamzError(code, 'no');
      const element = await open();
      find(element, '[part=push]').click();
      await waitUntil(() => text(element).includes(said));
      expect(find<HTMLInputElement>(element, '[part=push]').checked).to.equal(false);
    });
  }

  it('follows the browser’s state only while it is open', async () => {
    const element = await open();
    expect(push.state$.observed).to.equal(true);
    element.remove();
    expect(push.state$.observed).to.equal(false);
  });
});
