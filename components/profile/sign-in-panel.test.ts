import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import '../define/jamz-profile.ts';
import { audited } from '../shared/testing/audited.ts';
import { ana, FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzProfile } from './jamz-profile.ts';

describe('<jamz-profile>, its address and password', () => {
  let jamz: FakeJamz;

  const profile = (): Promise<JamzProfile> =>
    fixture<JamzProfile>(html`<jamz-profile .client=${jamz}></jamz-profile>`);
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
  const type = (element: JamzProfile, selector: string, value: string): void => {
    find<HTMLInputElement>(element, selector).value = value;
    find(element, selector).dispatchEvent(new InputEvent('input'));
  };
  const open = async (): Promise<JamzProfile> => {
    const element = await profile();
    find(element, '[data-part=sign-in]').click();
    await waitUntil(() => all(element, '.change').length === 2, 'it opens');
    return element;
  };
  const fill = (element: JamzProfile, what: 'email' | 'password', fresh: string): void => {
    type(element, `#${what}-new`, fresh);
    type(element, `#${what}-current`, 'a road song by night');
    find(element, `[part=change-${what}]`).click();
  };
  const notes = (element: JamzProfile): string => text(element, '.change .field .problem');

  beforeEach(() => {
    sessionStorage.clear();
    jamz = new FakeJamz();
    jamz.user$.next({ ...ana, email: 'ana@example.org' });
    jamz.profile$.next({ name: 'Ana Novak', photoFileId: null, aiOptIn: false });
  });

  it('are for who signs in by them: neither for guests nor for who comes from the site’s own sign-in', async () => {
    jamz.user$.next({ ...ana, guest: true });
    const element = await profile();
    expect(all(element, '[data-part=sign-in]').length).to.equal(0);
    jamz.user$.next(ana);
    await element.updateComplete;
    expect(all(element, '[data-part=sign-in]').length).to.equal(0);
  });

  it('say beside each field what is missing, ask the server nothing then, and go to the first', async () => {
    const element = await open();
    find(element, '[part=change-password]').click();
    await element.updateComplete;
    expect(notes(element)).to.equal(
      'Use at least 8 characters. | Type the password that you sign in with now.',
    );
    type(element, '#email-new', 'ANA@example.org');
    find(element, '[part=change-email]').click();
    await element.updateComplete;
    expect(notes(element)).to.contain('This is your address already.');
    expect(jamz.calls).to.deep.equal([]);
    expect(element.shadowRoot?.activeElement?.id).to.equal('email-new');
    await audited(element);
  });

  it('another address: its mail is on its way, and the one there is stays', async () => {
    const element = await open();
    fill(element, 'email', ' ana@road.example ');
    await waitUntil(() => text(element, '.said').includes('on its way to ana@road.example'));
    expect(jamz.calls).to.deep.equal(['changeSignIn email ana@road.example']);
    expect(text(element, '.note')).to.contain('You sign in with ana@example.org.');
    expect(find<HTMLInputElement>(element, '#email-current').value).to.equal('');
  });

  it('another password: it is said that the others are signed out, and nothing typed is left', async () => {
    const element = await open();
    fill(element, 'password', 'another road song');
    await waitUntil(() => text(element, '.said').includes('All other devices are signed out'));
    expect(jamz.calls).to.deep.equal(['changeSignIn password']);
    const left = all(element, '.change input:not([hidden])').map((input) =>
      input instanceof HTMLInputElement ? input.value : '',
    );
    expect(left.join('')).to.equal('');
  });

  it('what the server refuses is said beside its field, in the language of the page as it is then', async () => {
    const element = await open();
    jamz.failure = new JamzError('forbidden', 'no');
    fill(element, 'password', 'another road song');
    await waitUntil(() => notes(element) === 'The password is not right.');
    expect(element.shadowRoot?.activeElement?.id).to.equal('password-current');
    jamz.failure = new JamzError('invalid', 'no');
    fill(element, 'email', 'bo@example.org');
    await waitUntil(() => notes(element).startsWith('This address has an account already.'));
    element.lang = 'de';
    await waitUntil(() => notes(element).startsWith('Diese Adresse hat schon ein Konto.'));
    expect(notes(element)).to.contain('Das Passwort stimmt nicht.');
  });

  it('a failure of another kind is said below, in the language of the page as it is then', async () => {
    const element = await open();
    jamz.failure = new JamzError('unavailable', 'no');
    fill(element, 'password', 'another road song');
    await waitUntil(() => text(element, '[role=alert]').includes('No connection.'));
    expect(notes(element)).to.equal('');
    element.lang = 'es';
    await waitUntil(() => text(element, '[role=alert]').includes('Sin conexión'));
  });
});
