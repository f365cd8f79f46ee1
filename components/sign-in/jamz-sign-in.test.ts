import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import '../define/jamz-sign-in.ts';
import { audited } from '../shared/testing/audited.ts';
import { ana, FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzSignIn } from './jamz-sign-in.ts';

describe('<jamz-sign-in>', () => {
  let jamz: FakeJamz;
  let nowMs: number;

  const signIn = async (theme = 'light', inviteCode?: string): Promise<JamzSignIn> => {
    const element = await fixture<JamzSignIn>(html`<jamz-sign-in
      theme=${theme}
      .client=${jamz}
      .now=${() => nowMs}
      .ask=${async () => new Response('{"groupName":"Coast trip","site":"demo"}')}
      .inviteCode=${inviteCode}
    ></jamz-sign-in>`);
    await waitUntil(() => element.shadowRoot?.querySelector('form, .who'));
    return element;
  };
  const find = <Found extends HTMLElement = HTMLElement>(
    element: JamzSignIn,
    selector: string,
  ): Found | null => element.shadowRoot?.querySelector<Found>(selector) ?? null;
  const text = (element: JamzSignIn, selector: string): string =>
    (find(element, selector)?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const choose = async (element: JamzSignIn, index: number): Promise<void> => {
    element.shadowRoot?.querySelectorAll<HTMLInputElement>('.segments input')[index]?.click();
    await element.updateComplete;
  };
  const type = (element: JamzSignIn, id: string, value: string): void => {
    const input = find<HTMLInputElement>(element, `#${id}`);
    if (!input) throw new Error(`there is no field ${id}`);
    input.value = value;
    input.dispatchEvent(new InputEvent('input'));
  };
  const send = async (element: JamzSignIn): Promise<void> => {
    find<HTMLFormElement>(element, 'form')?.requestSubmit();
    await nextFrame();
    await element.updateComplete;
  };

  beforeEach(() => {
    sessionStorage.clear();
    nowMs = 1_700_000_000_000;
    jamz = new FakeJamz();
    jamz.user$.next(null);
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, with errors`, async () => {
      const element = await signIn(theme);
      await choose(element, 2);
      await send(element);
      expect(text(element, '#name-note')).to.equal('Type the name the others should see.');
      await audited(element);
    });
  }

  it('says what is wrong in the language of the page as it is then', async () => {
    jamz.answerSignIn = () => Promise.reject(new JamzError('unauthenticated', 'no'));
    const element = await signIn('light');
    await choose(element, 1);
    await send(element);
    expect(text(element, '#password-note')).to.equal('Type your password.');
    element.lang = 'de';
    await waitUntil(() => text(element, '#password-note') === 'Gib dein Passwort ein.');
    type(element, 'email', 'ana@example.org');
    type(element, 'password', 'road sing');
    await send(element);
    await waitUntil(() => text(element, '[role=alert]').includes('Passwort stimmt nicht'));
    element.lang = 'en';
    await waitUntil(() => text(element, '[role=alert]') === 'E-mail or password is not right.');
  });

  it('lets somebody in as a guest by name alone', async () => {
    const element = await signIn();
    const told: string[] = [];
    element.addEventListener('jamz-sign-in', ({ detail }) => told.push(detail.name));
    type(element, 'name', '  Otter ');
    await send(element);
    expect(jamz.calls).to.deep.equal(['guest Otter']);
    expect(told).to.deep.equal(['Otter']);
    expect(text(element, '.who-text')).to.equal('Otter Here as a guest');
  });

  it('puts the cursor into the first field that is wrong', async () => {
    const element = await signIn();
    await choose(element, 1);
    type(element, 'email', 'ana');
    await send(element);
    expect(element.shadowRoot?.activeElement?.id).to.equal('email');
    expect(jamz.calls).to.deep.equal([]);
  });

  it('helps password managers: names what each field is', async () => {
    const element = await signIn();
    await choose(element, 1);
    expect(find(element, '#email')?.getAttribute('autocomplete')).to.equal('username');
    expect(find(element, '#password')?.getAttribute('autocomplete')).to.equal('current-password');
    await choose(element, 2);
    expect(find(element, '#password')?.getAttribute('autocomplete')).to.equal('new-password');
  });

  it('masks the password, and keeps nobody from pasting one', async () => {
    const element = await signIn();
    await choose(element, 1);
    const field = find<HTMLInputElement>(element, '#password');
    expect(field?.type).to.equal('password');
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true });
    expect(field?.dispatchEvent(paste)).to.equal(true);
  });

  it('[ID24] asks for a code where the account wants one, and says when it is wrong', async () => {
    const element = await signIn();
    await choose(element, 1);
    type(element, 'email', 'ana@example.org');
    type(element, 'password', 'correct horse');
    expect(find(element, '#code')).to.equal(null);
    jamz.answerSignIn = () =>
      Promise.reject(new JamzError('forbidden', 'This account asks for a code.'));
    await send(element);
    await waitUntil(() => element.shadowRoot?.activeElement?.id === 'code');
    expect(text(element, '.problem')).to.contain('code');
    await audited(element);
    jamz.answerSignIn = () => Promise.reject(new JamzError('unauthenticated', 'Wrong.'));
    type(element, 'code', ' 000000 ');
    await send(element);
    await waitUntil(() => text(element, '.problem').includes('Type the next one'));
    jamz.answerSignIn = async () => ana;
    type(element, 'code', '123456');
    await send(element);
    await waitUntil(() => find(element, '.who'));
    expect(jamz.calls.filter((call) => call.startsWith('signIn'))).to.deep.equal([
      'signIn ana@example.org',
      'signIn ana@example.org 000000',
      'signIn ana@example.org 123456',
    ]);
  });

  it('forgets the code with the account that asked for it', async () => {
    const element = await signIn();
    await choose(element, 1);
    type(element, 'email', 'ana@example.org');
    type(element, 'password', 'correct horse');
    jamz.answerSignIn = () =>
      Promise.reject(new JamzError('forbidden', 'This account asks for a code.'));
    await send(element);
    await waitUntil(() => find(element, '#code'));
    type(element, 'email', 'bo@example.org');
    await element.updateComplete;
    expect(find(element, '#code')).to.equal(null);
  });

  it('shows and hides the password', async () => {
    const element = await signIn();
    await choose(element, 1);
    find(element, '.input-row button')?.click();
    await element.updateComplete;
    expect(find(element, '#password')?.getAttribute('type')).to.equal('text');
  });

  for (const [code, said] of [
    ['unauthenticated', 'E-mail or password is not right.'],
    ['unavailable', 'No connection. What you typed is kept; try again when you are online.'],
    ['invalid', 'This e-mail address already has an account: sign in'],
  ] as const) {
    it(`says ${code} in plain words and keeps what was typed`, async () => {
      const element = await signIn();
      jamz.answerSignIn = () =>
        Promise.reject(new JamzError(code, 'This e-mail address already has an account: sign in'));
      await choose(element, 1);
      type(element, 'email', 'ana@example.org');
      type(element, 'password', 'road song');
      await send(element);
      expect(text(element, '[role="alert"]')).to.equal(said);
      expect(find<HTMLInputElement>(element, '#email')?.value).to.equal('ana@example.org');
    });
  }

  it('waits as long as the server asks before it lets the person try again', async () => {
    const element = await signIn();
    jamz.answerSignIn = () =>
      Promise.reject(new JamzError('rate-limited', 'wait', { retryAfterMs: 30_000 }));
    type(element, 'name', 'Otter');
    await send(element);
    expect(text(element, '[role="alert"]')).to.equal('Too many tries. Wait 30 s.');
    expect(find<HTMLButtonElement>(element, '.primary')?.disabled).to.equal(true);
    nowMs += 30_000;
    element.requestUpdate();
    await element.updateComplete;
    expect(find<HTMLButtonElement>(element, '.primary')?.disabled).to.equal(false);
  });

  it('keeps a half-typed form over a reload, never the password', async () => {
    const element = await signIn();
    await choose(element, 2);
    type(element, 'name', 'Ana');
    type(element, 'password', 'road song');
    const kept = JSON.stringify(sessionStorage);
    expect(kept).to.contain('jamz-sign-in');
    expect(kept).not.to.contain('road song');

    const again = await signIn();
    expect(find<HTMLInputElement>(again, '#name')?.value).to.equal('Ana');
    expect(find<HTMLInputElement>(again, '#password')?.value).to.equal('');
  });

  it('names the group of an invitation and joins it', async () => {
    const element = await signIn('light', 'road-trip');
    await waitUntil(() => text(element, 'h2') === 'Join Coast trip');
    let joined = '';
    element.addEventListener('jamz-join', ({ detail }) => {
      joined = detail.groupId;
    });
    type(element, 'name', 'Otter');
    await send(element);
    expect(jamz.calls).to.deep.equal(['guest Otter', 'joinGroup road-trip']);
    expect(joined).to.equal('road-trip');
  });

  it('says when an invitation does not work any more', async () => {
    const element = await signIn();
    element.ask = async () => new Response('{}', { status: 404 });
    element.inviteCode = 'spent';
    await waitUntil(() => text(element, '[role="alert"]').includes('does not work any more'));
  });

  it('asks a guest twice before the way back is lost', async () => {
    jamz.user$.next({ ...ana, guest: true });
    const element = await signIn();
    find(element, '.who button')?.click();
    await element.updateComplete;
    expect(text(element, '.ask')).to.contain('cannot come back');
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Stay');
    find(element, '.ask .danger')?.click();
    await waitUntil(() => find(element, 'form'));
    expect(jamz.calls).to.deep.equal(['signOut']);
  });

  it('sends a mail with a link to who has forgotten the password, and says nothing of accounts', async () => {
    const element = await signIn();
    await choose(element, 1);
    type(element, 'email', 'ana@example.org');
    find(element, 'form > .link')?.click();
    await element.updateComplete;
    expect(find<HTMLInputElement>(element, '#email')?.value).to.equal('ana@example.org');
    expect(find(element, '#password')).to.equal(null);
    await send(element);
    await waitUntil(() => text(element, '.sent').includes('If ana@example.org has an account'));
    expect(jamz.calls).to.deep.equal(['requestPasswordReset ana@example.org']);
    find(element, '.back')?.click();
    await element.updateComplete;
    expect(find(element, '#password')).not.to.equal(null);
  });

  it('makes an account of a guest, who then confirms the address', async () => {
    jamz.user$.next({ ...ana, guest: true });
    jamz.answerSignIn = async () => ({ ...ana, email: 'ana@example.org', emailVerified: false });
    const element = await signIn();
    find(element, '.account .link')?.click();
    await waitUntil(() => find(element, 'form.upgrade'));
    type(element, 'upgrade-email', 'ana@example.org');
    type(element, 'upgrade-password', 'road song again');
    await send(element);
    await waitUntil(() => text(element, '.verify').includes('Confirm ana@example.org'));
    expect(jamz.calls).to.deep.equal(['upgrade ana@example.org']);
    find(element, '.verify .link')?.click();
    await waitUntil(() => text(element, '.verify').includes('on its way'));
    expect(jamz.calls).to.include('requestEmailVerification');
  });

  it('leaves the sending to a page that wants it', async () => {
    const element = await signIn();
    element.addEventListener('jamz-request-sign-in', (event) => event.preventDefault());
    type(element, 'name', 'Otter');
    await send(element);
    expect(jamz.calls).to.deep.equal([]);
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await signIn();
    const page = element.parentElement;
    element.remove();
    page?.append(element);
    await waitUntil(() => jamz.user$.observed);
    await element.updateComplete;
    expect(find(element, 'form')).not.to.equal(null);
    expect(jamz.user$.observed).to.equal(true);
    element.remove();
    expect(jamz.user$.observed).to.equal(false);
  });
});
