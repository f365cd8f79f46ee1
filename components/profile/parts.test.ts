import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError, type Profile } from '../../sdk/index.ts';
import '../define/jamz-profile.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { ana, FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzProfile } from './jamz-profile.ts';
import type { PartName } from './parts.ts';

describe('<jamz-profile>, what opens in it', () => {
  let jamz: FakeJamz;
  let patches: Partial<Profile>[];

  const profile = (): Promise<JamzProfile> =>
    fixture<JamzProfile>(
      html`<jamz-profile .client=${jamz} .now=${() => jamz.nowMs}></jamz-profile>`,
    );
  const all = (element: JamzProfile, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const find = <Found extends HTMLElement>(element: JamzProfile, selector: string): Found => {
    const [found] = all(element, selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found as Found;
  };
  const text = (element: JamzProfile, selector: string): string =>
    all(element, selector)
      .map(({ textContent }) => textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const open = async (part: PartName): Promise<JamzProfile> => {
    const element = await profile();
    find(element, `[data-part=${part}]`).click();
    await waitUntil(() => all(element, '.panel, form.upgrade').length > 0, `${part} opens`);
    await waitUntil(() => all(element, '.part-bone').length === 0, `${part} is there`);
    return element;
  };
  const press = (element: JamzProfile, label: string): void => {
    const button = all(element, 'button').find((one) =>
      (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().startsWith(label),
    );
    if (!button) throw new Error(`there is no button ${label}`);
    button.click();
  };
  const type = (element: JamzProfile, selector: string, value: string): void => {
    find<HTMLInputElement>(element, selector).value = value;
    find(element, selector).dispatchEvent(new InputEvent('input'));
  };
  const device = (id: string, name: string, agoMs: number) => ({
    ...{ id, name, createdAtMs: 0, lastUsedAtMs: jamz.nowMs - agoMs, current: agoMs === 0 },
  });

  beforeEach(() => {
    sessionStorage.clear();
    patches = [];
    jamz = new FakeJamz();
    jamz.user$.next({ ...ana, email: 'ana@example.org' });
    jamz.profile$.next({ name: 'Ana Novak', photoFileId: null, aiOptIn: false });
    jamz.groups$.next([
      { id: 'crew', name: 'Crew', role: 'owner', memberCount: 2, photoFileId: null },
    ]);
    jamz.updateProfile = (patch?: Partial<Profile>) => {
      patches.push(patch ?? {});
      const before = jamz.profile$.value;
      if (before) jamz.profile$.next({ ...before, ...patch });
      return sent;
    };
  });

  it('opens one part at a time, and closes it by the same line', async () => {
    const element = await open('devices');
    find(element, '[data-part=data]').click();
    await waitUntil(() => text(element, '.panel h3').includes('Take your data along'));
    expect(find(element, '[data-part=devices]').getAttribute('aria-expanded')).to.equal('false');
    find(element, '[data-part=data]').click();
    await element.updateComplete;
    expect(all(element, '.panel').length).to.equal(0);
  });

  describe('the photo', () => {
    const choose = (element: JamzProfile): void => {
      const files = new DataTransfer();
      files.items.add(new File(['a picture'], 'me.jpg', { type: 'image/jpeg' }));
      const input = find<HTMLInputElement>(element, '.photo input');
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };

    it('is sent, and is the person’s in the profile and in their groups', async () => {
      const element = await profile();
      choose(element);
      await waitUntil(() => patches.length === 1);
      expect(patches).to.deep.equal([{ photoFileId: 'photo-1' }]);
      expect(jamz.group('crew').calls).to.deep.equal(['describeMe {"photoFileId":"photo-1"}']);
      await element.updateComplete;
      expect(find<HTMLImageElement>(element, '.face img').src).to.equal(
        'http://localhost:4000/v1/photos/photo-1/256',
      );
      press(element, 'Remove the photo');
      expect(patches[1]).to.deep.equal({ photoFileId: null });
    });

    it('that is refused is said in plain words', async () => {
      jamz.failure = new JamzError('too-large', 'no');
      const element = await profile();
      choose(element);
      await waitUntil(() => text(element, '.problem').includes('up to 12 MB'));
      expect(patches).to.deep.equal([]);
      element.lang = 'fr';
      await waitUntil(() => text(element, '.problem').includes('12 Mo'));
    });
  });

  describe('an address that is not confirmed', () => {
    beforeEach(() => jamz.user$.next({ ...ana, email: 'ana@example.org', emailVerified: false }));

    it('is said, and the mail is sent again', async () => {
      const element = await profile();
      expect(text(element, '.verify')).to.contain('Confirm ana@example.org');
      press(element, 'Send it again');
      await waitUntil(() => text(element, '.verify').includes('on its way'));
      expect(jamz.calls).to.deep.equal(['requestEmailVerification']);
    });

    it('says when a mail was asked for too often', async () => {
      jamz.failure = new JamzError('rate-limited', 'no');
      const element = await profile();
      press(element, 'Send it again');
      await waitUntil(() => text(element, '.verify').includes('Wait a while'));
    });
  });

  describe('a guest', () => {
    beforeEach(() => jamz.user$.next({ ...ana, guest: true }));

    it('makes an account of themselves and stays who they are', async () => {
      jamz.answerSignIn = async () => ({ ...ana, email: 'ana@example.org', emailVerified: false });
      const element = await open('upgrade');
      type(element, '#upgrade-email', ' ana@example.org ');
      type(element, '#upgrade-password', 'road song again');
      find<HTMLFormElement>(element, 'form.upgrade').requestSubmit();
      await waitUntil(() => text(element, '.verify').includes('Confirm ana@example.org'));
      expect(jamz.calls).to.deep.equal(['upgrade ana@example.org']);
      expect(all(element, '[data-part=upgrade]').length).to.equal(0);
    });

    it('hears what is wrong before anything is sent, and what the server says', async () => {
      const element = await open('upgrade');
      find<HTMLFormElement>(element, 'form.upgrade').requestSubmit();
      await waitUntil(() => element.shadowRoot?.activeElement?.id === 'upgrade-email');
      expect(jamz.calls).to.deep.equal([]);
      jamz.answerSignIn = () => Promise.reject(new JamzError('invalid', 'It has an account.'));
      type(element, '#upgrade-email', 'ana@example.org');
      type(element, '#upgrade-password', 'road song again');
      find<HTMLFormElement>(element, 'form.upgrade').requestSubmit();
      await waitUntil(() => text(element, '.problem') === 'It has an account.');
    });
  });

  describe('devices', () => {
    beforeEach(() => {
      jamz.devices = [
        device('1', 'Chrome on Android', 0),
        device('2', 'Firefox on Linux', 3 * 3_600_000),
        device('3', 'Safari on iPad', 60_000),
      ];
    });

    it('are listed with when they were used, and signed out one by one', async () => {
      const element = await open('devices');
      expect(text(element, '.device .note')).to.equal(
        'This device | Last used 3 hours ago | Last used 1 minute ago',
      );
      press(element, 'Sign out Firefox on Linux');
      await waitUntil(() => text(element, '.panel .said') === 'Firefox on Linux is signed out.');
      expect(all(element, '.device').length).to.equal(2);
    });

    it('are signed out everywhere else after a question, which starts on the safe answer', async () => {
      const element = await open('devices');
      press(element, 'Sign out everywhere else');
      await waitUntil(() => element.shadowRoot?.activeElement?.textContent?.trim() === 'Cancel');
      expect(jamz.calls).not.to.include('signOutElsewhere');
      find(element, '.panel .ask .danger').click();
      await waitUntil(() => text(element, '.panel .said').includes('this device only'));
      expect(jamz.calls).to.include('signOutElsewhere');
    });

    it('that cannot be asked for are asked for again', async () => {
      jamz.failure = new JamzError('unavailable', 'no');
      const element = await open('devices');
      expect(text(element, '.panel .problem')).to.contain('No connection');
      jamz.failure = undefined;
      press(element, 'Try again');
      await waitUntil(() => all(element, '.device').length === 3);
    });
  });

  describe('where the person was', () => {
    it('is seen by whom they say, for as long as they say', async () => {
      const element = await open('history');
      find<HTMLInputElement>(element, '.segments label:nth-child(2) input').click();
      await waitUntil(() => text(element, '.group .note').includes('Each group sees'));
      const select = find<HTMLSelectElement>(element, '#keep-days');
      expect([...select.options].map(({ value }) => value)).to.deep.equal(['0', '1', '7', '30']);
      select.value = '7';
      select.dispatchEvent(new Event('change'));
      expect(jamz.calls.slice(1)).to.deep.equal([
        'positionHistoryChoice {"seenBy":"group"}',
        'positionHistoryChoice {"keepDays":7}',
      ]);
    });

    it('is deleted after a question', async () => {
      const element = await open('history');
      press(element, 'Delete where I was');
      await element.updateComplete;
      expect(jamz.calls).not.to.include('deletePositionHistory');
      press(element, 'Delete it');
      await waitUntil(() => text(element, '.panel .said') === 'It is deleted.');
      expect(jamz.calls).to.include('deletePositionHistory');
    });
  });

  describe('data', () => {
    it('is saved as a file', async () => {
      const element = await open('data');
      const saved: string[] = [];
      const { click } = HTMLAnchorElement.prototype;
      HTMLAnchorElement.prototype.click = function () {
        saved.push(`${this.download} ${this.href.slice(0, 5)}`);
      };
      try {
        press(element, 'Save as CSV');
        await waitUntil(() => saved.length === 1);
      } finally {
        HTMLAnchorElement.prototype.click = click;
      }
      expect(saved).to.deep.equal(['trafficjamz.csv blob:']);
      expect(jamz.calls).to.deep.equal(['exportData csv']);
    });

    it('goes with the account, by its password, once the page does not want to do it', async () => {
      const element = await open('data');
      press(element, 'Delete the account');
      await waitUntil(() => element.shadowRoot?.activeElement?.textContent?.trim() === 'Cancel');
      const form = find<HTMLFormElement>(element, 'form.delete');
      form.requestSubmit();
      await waitUntil(() => element.shadowRoot?.activeElement?.id === 'delete-password');
      type(element, '#delete-password', 'road song');
      const keep = (event: Event): void => event.preventDefault();
      element.addEventListener('jamz-request-delete-account', keep);
      form.requestSubmit();
      expect(jamz.calls).to.deep.equal([]);
      element.removeEventListener('jamz-request-delete-account', keep);
      form.requestSubmit();
      await waitUntil(() => text(element, '.notice-title') === 'You are signed out');
      expect(jamz.calls).to.deep.equal([
        'deleteAccount {"alsoFiles":false,"password":"road song"}',
      ]);
    });

    it('says when the password is wrong', async () => {
      const element = await open('data');
      press(element, 'Delete the account');
      await element.updateComplete;
      jamz.failure = new JamzError('forbidden', 'no');
      type(element, '#delete-password', 'road sing');
      find<HTMLFormElement>(element, 'form.delete').requestSubmit();
      await waitUntil(() => text(element, '.delete .problem') === 'The password is not right.');
    });
  });
});
