import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Profile } from '../../sdk/index.ts';
import '../define/jamz-profile.ts';
import { audited } from '../shared/testing/audited.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { ana, FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzProfile } from './jamz-profile.ts';

describe('<jamz-profile>', () => {
  let jamz: FakeJamz;
  let patches: Partial<Profile>[];

  const profile = (theme = 'light'): Promise<JamzProfile> =>
    fixture<JamzProfile>(html`<jamz-profile theme=${theme} .client=${jamz}></jamz-profile>`);
  const find = <Found extends HTMLElement = HTMLElement>(
    element: JamzProfile,
    selector: string,
  ): Found => {
    const found = element.shadowRoot?.querySelector<Found>(selector);
    if (!found) throw new Error(`there is no ${selector}`);
    return found;
  };
  const text = (element: JamzProfile, selector: string): string =>
    (find(element, selector).textContent ?? '').replace(/\s+/gu, ' ').trim();
  const type = async (element: JamzProfile, name: string): Promise<void> => {
    find<HTMLInputElement>(element, '#name').value = name;
    find(element, '#name').dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
  };
  const save = async (element: JamzProfile): Promise<void> => {
    find<HTMLFormElement>(element, 'form').requestSubmit();
    await element.updateComplete;
  };

  beforeEach(() => {
    sessionStorage.clear();
    patches = [];
    jamz = new FakeJamz();
    jamz.user$.next({ ...ana, email: 'ana@example.org' });
    jamz.profile$.next({ name: 'Ana Novak', photoFileId: null, aiOptIn: false });
    jamz.updateProfile = (patch?: Partial<Profile>) => {
      patches.push(patch ?? {});
      const before = jamz.profile$.value;
      if (before) jamz.profile$.next({ ...before, ...patch });
      return sent;
    };
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, with a question and an error`, async () => {
      jamz.conflicts$.next([conflict()]);
      const element = await profile(theme);
      await type(element, ' ');
      await save(element);
      await audited(element);
    });
  }

  const conflict = () => ({
    id: 'name-1',
    field: 'name' as const,
    mine: 'Anna',
    theirs: 'Ana',
    mineIsHere: true,
    mineAtMs: 0,
    theirsAtMs: 0,
    keepMine: () => sent,
    keepTheirs: () => sent,
    keep: () => sent,
  });

  it('changes the name and says that it is kept', async () => {
    const element = await profile();
    expect(find<HTMLButtonElement>(element, '[part=save]').disabled).to.equal(true);
    await type(element, '  Anna ');
    await save(element);
    expect(patches).to.deep.equal([{ name: 'Anna' }]);
    expect(text(element, 'h2')).to.equal('Anna');
    expect(text(element, '.said')).to.equal('Saved');
  });

  it('says that a change waits for coverage', async () => {
    const element = await profile();
    await type(element, 'Anna');
    jamz.status$.next({ ...synced, state: 'OFFLINE', pending: 1 });
    await save(element);
    expect(text(element, '.said')).to.contain('sent when there is coverage');
  });

  it('wants a name', async () => {
    const element = await profile();
    await type(element, '  ');
    await save(element);
    expect(patches).to.deep.equal([]);
    expect(text(element, '#name-note')).to.equal('Type the name the others should see.');
    expect(element.shadowRoot?.activeElement?.id).to.equal('name');
  });

  it('keeps a half-typed name over a reload, until it is saved', async () => {
    await type(await profile(), 'Ann');
    expect(Object.keys(sessionStorage).every((key) => key.startsWith('jamz'))).to.equal(true);
    const again = await profile();
    expect(find<HTMLInputElement>(again, '#name').value).to.equal('Ann');
    await save(again);
    expect(sessionStorage.length).to.equal(0);
  });

  it('says when another device has changed the name meanwhile, and keeps what was typed', async () => {
    const element = await profile();
    await type(element, 'Ann');
    jamz.profile$.next({ name: 'Annie', photoFileId: null, aiOptIn: false });
    await element.updateComplete;
    expect(text(element, '#name-note')).to.contain('“Annie”');
    expect(find<HTMLInputElement>(element, '#name').value).to.equal('Ann');
  });

  it('switches the assistant on at once', async () => {
    const element = await profile();
    find(element, '.switch').click();
    await element.updateComplete;
    expect(patches).to.deep.equal([{ aiOptIn: true }]);
    expect(find<HTMLInputElement>(element, '.switch').checked).to.equal(true);
  });

  it('leaves changes to a page that wants them, and shows what is so', async () => {
    const element = await profile();
    element.addEventListener('jamz-request-profile', (event) => event.preventDefault());
    find(element, '.switch').click();
    await element.updateComplete;
    expect(patches).to.deep.equal([]);
    expect(find<HTMLInputElement>(element, '.switch').checked).to.equal(false);
  });

  it('carries a badge that asks for the dialog of its connection', async () => {
    jamz.conflicts$.next([conflict()]);
    const element = await profile();
    let client: unknown;
    element.addEventListener('jamz-request-conflicts', ({ detail }) => {
      client = detail.client;
    });
    find(element, '[part=conflicts]').click();
    expect(client).to.equal(jamz);
  });

  it('signs out who has an account and nothing waiting, at once', async () => {
    const element = await profile();
    find(element, '[part=sign-out]').click();
    await element.updateComplete;
    expect(jamz.calls).to.deep.equal(['signOut']);
    expect(text(element, '.notice-title')).to.equal('You are signed out');
  });

  for (const [who, cost] of [
    ['a guest', 'cannot come back'],
    ['who has changes waiting', '2 changes were not sent yet'],
  ] as const) {
    it(`says first what it costs ${who} to sign out`, async () => {
      if (who === 'a guest') jamz.user$.next({ ...ana, guest: true });
      else jamz.status$.next({ ...synced, state: 'OFFLINE', pending: 2 });
      const element = await profile();
      find(element, '[part=sign-out]').click();
      await element.updateComplete;
      expect(text(element, '#cost')).to.contain(cost);
      await element.updateComplete;
      expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Stay');
      find(element, '.ask .danger').click();
      await element.updateComplete;
      expect(jamz.calls).to.deep.equal(['signOut']);
    });
  }

  it('follows its streams only while it is on the page', async () => {
    const element = await profile();
    const page = element.parentElement;
    element.remove();
    expect(jamz.profile$.observed).to.equal(false);
    expect(jamz.user$.observed).to.equal(false);
    page?.append(element);
    await waitUntil(() => jamz.profile$.observed);
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('Ana Novak');
  });
});
