import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError } from '../../sdk/index.ts';
import '../define/jamz-members.ts';
import { audited } from '../shared/testing/audited.ts';
import { type FakeGroup, member } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzMembers } from './jamz-members.ts';

describe('<jamz-members>', () => {
  let group: FakeGroup;
  let jamz: FakeJamz;

  const members = (theme = 'light'): Promise<JamzMembers> =>
    fixture<JamzMembers>(html`<jamz-members theme=${theme} .group=${group}></jamz-members>`);
  const all = (element: JamzMembers, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const text = (element: JamzMembers, selector: string): string =>
    all(element, selector)
      .map((found) => found.textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const press = async (element: JamzMembers, label: string): Promise<void> => {
    const button = all(element, 'button').find((one) =>
      (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().includes(label),
    );
    if (!button) throw new Error(`there is no button ${label}`);
    button.click();
    await element.updateComplete;
  };

  beforeEach(() => {
    jamz = new FakeJamz();
    group = jamz.group('crew');
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, open, with an invitation`, async () => {
      const element = await members(theme);
      await press(element, 'More about Bo Lind');
      await press(element, 'Invite');
      await waitUntil(() => all(element, '.invitation').length === 1);
      await audited(element);
    });
  }

  it('lists me first, then by role, then by name', async () => {
    group.members$.next([
      member('zoe', 'Zoe', 'member'),
      member('bo', 'Bo', 'member'),
      member('mia', 'Mia', 'moderator'),
      member('ana', 'Ana', 'owner'),
    ]);
    const element = await members();
    expect(text(element, '.who')).to.equal(
      'Ana (you) Owner | Mia Moderator | Bo Member | Zoe Member',
    );
  });

  it('offers to invite when only I am there', async () => {
    group.members$.next([member('ana', 'Ana', 'owner')]);
    const element = await members();
    expect(text(element, '.alone')).to.contain('Only you so far');
    await press(element, 'Invite');
    await waitUntil(() => all(element, '#link').length === 1);
    expect((all(element, '#link')[0] as HTMLInputElement).value).to.equal(
      'https://jamz.example/join/road-trip',
    );
  });

  it('says why when there is no invitation to be had', async () => {
    group.invite = () => Promise.reject(new JamzError('unavailable', 'no answer'));
    const element = await members();
    await press(element, 'Invite');
    await waitUntil(() => text(element, '.problem').includes('needs the network'));
  });

  it('removes only after saying what it means', async () => {
    const element = await members();
    await press(element, 'More about Bo Lind');
    await press(element, 'Remove from the group');
    expect(text(element, 'dialog')).to.contain('A new invitation lets them back in.');
    expect(group.calls).to.deep.equal([]);
    all(element, 'dialog .danger')[0]?.click();
    expect(group.calls).to.deep.equal(['removeMember bo']);
  });

  it('starts the question on the safe answer, which changes nothing', async () => {
    const element = await members();
    await press(element, 'More about Bo Lind');
    await press(element, 'Remove and ban');
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Cancel');
    await press(element, 'Cancel');
    expect(group.calls).to.deep.equal([]);
    expect(all(element, 'dialog').length).to.equal(0);
  });

  it('gives another role', async () => {
    const element = await members();
    await press(element, 'More about Bo Lind');
    all(element, '.segments input')[1]?.click();
    expect(group.calls).to.deep.equal(['setRole bo moderator']);
  });

  it('shows no controls to who may not use them', async () => {
    group.denied = new Set(['set-roles', 'remove-members', 'invite']);
    group.me$.next(member('bo', 'Bo Lind', 'member'));
    const element = await members();
    await press(element, 'More about Ana Novak');
    expect(text(element, '.actions .button')).to.equal('Report');
    expect((all(element, '.head .button')[0] as HTMLButtonElement).disabled).to.equal(true);
  });

  it('lets a moderator remove members, not owners', async () => {
    group.denied = new Set(['set-roles']);
    const mia = member('mia', 'Mia', 'moderator');
    group.members$.next([...group.members$.value, mia]);
    group.me$.next(mia);
    const element = await members();
    const named = all(element, '.member .icon-button').map((one) => one.getAttribute('aria-label'));
    expect(named).to.deep.equal([
      ...['More about Mia', 'More about Ana Novak', 'More about Bo Lind'],
    ]);
    await press(element, 'More about Ana Novak');
    expect(text(element, '.actions .button')).to.equal('Report');
    await press(element, 'More about Bo Lind');
    expect(text(element, '.actions .button')).to.contain('Remove from the group');
  });

  it('changes my own name', async () => {
    const element = await members();
    await press(element, 'More about Ana Novak');
    await press(element, 'Change my name');
    (all(element, '#name')[0] as HTMLInputElement).value = 'Anna';
    await press(element, 'Save');
    expect(jamz.calls).to.deep.equal(['updateProfile']);
    expect(group.calls).to.deep.equal(['describeMe {"name":"Anna"}']);
    expect(all(element, '.rename').length).to.equal(0);
  });

  it('reports a member with a reason, and says that the member does not hear of it', async () => {
    const element = await members();
    await press(element, 'More about Bo Lind');
    await press(element, 'Report');
    await waitUntil(() => all(element, '#reason').length === 1);
    await press(element, 'Send the report');
    expect(text(element, '.report .problem')).to.contain('Say in a few words');
    expect(group.calls).to.deep.equal([]);
    const [field] = all(element, '#reason') as HTMLTextAreaElement[];
    if (field) field.value = ' Shouts at everybody. ';
    field?.dispatchEvent(new InputEvent('input'));
    await press(element, 'Send the report');
    await waitUntil(() => text(element, '.report').includes('Bo Lind does not hear of it'));
    expect(group.calls).to.deep.equal(['report bo Shouts at everybody.']);
    await press(element, 'Close');
    expect(text(element, '.actions')).to.contain('Report');
  });

  it('keeps the words of a report that cannot be sent now', async () => {
    group.report = () => Promise.reject(new JamzError('unavailable', 'no'));
    const element = await members();
    await press(element, 'More about Bo Lind');
    await press(element, 'Report');
    await waitUntil(() => all(element, '#reason').length === 1);
    const [field] = all(element, '#reason') as HTMLTextAreaElement[];
    if (field) field.value = 'Shouts.';
    field?.dispatchEvent(new InputEvent('input'));
    await press(element, 'Send the report');
    await waitUntil(() => text(element, '.report .problem').includes('No connection'));
    expect(field?.value).to.equal('Shouts.');
  });

  it('keeps a half-typed name over a reload', async () => {
    const before = await members();
    await press(before, 'More about Ana Novak');
    await press(before, 'Change my name');
    const [field] = all(before, '#name') as HTMLInputElement[];
    if (!field) throw new Error('There is no field.');
    field.value = 'Ana the';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    before.remove();
    const after = await members();
    await after.updateComplete;
    expect((all(after, '#name')[0] as HTMLInputElement | undefined)?.value).to.equal('Ana the');
    await press(after, 'Cancel');
    after.remove();
    expect(all(await members(), '.rename').length).to.equal(0);
  });

  it('shows a thousand members', async () => {
    group.members$.next(
      Array.from({ length: 1000 }, (_, index) => member(`m${index}`, `Member ${index}`, 'member')),
    );
    const element = await members();
    await element.updateComplete;
    expect(all(element, '.member').length).to.equal(1000);
  });

  it('leaves removing to a page that wants it', async () => {
    const element = await members();
    element.addEventListener('jamz-request-remove-member', (event) => event.preventDefault());
    await press(element, 'More about Bo Lind');
    await press(element, 'Remove and ban');
    all(element, 'dialog .danger')[0]?.click();
    expect(group.calls).to.deep.equal([]);
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await members();
    const page = element.parentElement;
    element.remove();
    expect(group.members$.observed).to.equal(false);
    page?.append(element);
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('2 members');
  });
});
