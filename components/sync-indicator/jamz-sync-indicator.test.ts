import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { JamzError, type SetAsideEntry, type SyncStatus } from '../../sdk/index.ts';
import '../define/jamz-sync-indicator.ts';
import { audited } from '../shared/testing/audited.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzSyncIndicator } from './jamz-sync-indicator.ts';

const nowMs = 1_700_000_000_000;

describe('<jamz-sync-indicator>', () => {
  let jamz: FakeJamz;

  /** With its panel, whose code comes behind the pill's. */
  const indicator = async (theme = 'light'): Promise<JamzSyncIndicator> => {
    const element = await fixture<JamzSyncIndicator>(
      html`<jamz-sync-indicator
        theme=${theme}
        .group=${jamz.group('crew')}
        .now=${() => nowMs}
      ></jamz-sync-indicator>`,
    );
    await waitUntil(() => find(element, '#panel .primary'), 'the panel did not come');
    return element;
  };
  const find = (element: JamzSyncIndicator, selector: string): HTMLElement | null =>
    element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  const text = (element: JamzSyncIndicator, selector: string): string =>
    (find(element, selector)?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const become = (patch: Partial<SyncStatus>): void => jamz.status$.next({ ...synced, ...patch });
  const aside = (calls: string[]): SetAsideEntry => ({
    opId: 'ana-9',
    scope: 'g:crew',
    summary: 'add “Road Song”',
    opType: 'playlist.add',
    reason: new JamzError('not-found', 'The track was removed.'),
    setAsideAtMs: nowMs,
    retry: () => calls.push('retry'),
    discard: () => calls.push('discard'),
  });

  beforeEach(() => {
    jamz = new FakeJamz();
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, open, with everything to tell`, async () => {
      become({ state: 'ERROR', pending: 2, setAside: 1, conflicts: 1, storage: 'memory' });
      jamz.setAside$.next([aside([])]);
      const element = await indicator(theme);
      find(element, '#pill')?.click();
      await element.updateComplete;
      await audited(element);
    });
  }

  it('says in sync, and how well the clock is known', async () => {
    const element = await indicator();
    expect(text(element, '#pill')).to.equal('In sync ±12 ms');
  });

  it('says what waits while offline', async () => {
    become({ state: 'OFFLINE', pending: 3 });
    const element = await indicator();
    expect(text(element, '#pill')).to.equal('Offline 3 changes waiting');
  });

  it('counts down to the next try', async () => {
    become({ state: 'OFFLINE', nextRetryAt: nowMs + 11_400 });
    const element = await indicator();
    expect(text(element, '#pill')).to.equal('Offline next try in 12 s');
  });

  it('draws another shape for each state', async () => {
    const shapes = new Set<string>();
    for (const state of ['SYNCED', 'SYNCING', 'OFFLINE', 'ERROR'] as const) {
      become({ state });
      const element = await indicator();
      shapes.add(find(element, '.glyph')?.innerHTML.replace(/<!--.*?-->/gu, '') ?? '');
    }
    expect(shapes.size).to.equal(4);
  });

  it('gives the reason of an error, and where the outbox lives', async () => {
    become({
      state: 'ERROR',
      error: { code: 'update-needed', message: 'Reload to get the new version.' },
      storage: 'memory',
      storageNote: 'Private window: nothing is kept.',
    });
    const element = await indicator();
    expect(text(element, '#panel')).to.contain('Reload to get the new version.');
    expect(text(element, '#panel')).to.contain('Private window: nothing is kept.');
  });

  it('lets the person retry or discard what was set aside', async () => {
    const calls: string[] = [];
    jamz.setAside$.next([aside(calls)]);
    const element = await indicator();
    expect(text(element, 'li')).to.contain('add “Road Song” The track was removed.');
    for (const button of element.shadowRoot?.querySelectorAll('li button') ?? []) {
      button.dispatchEvent(new MouseEvent('click'));
    }
    expect(calls).to.deep.equal(['retry', 'discard']);
  });

  it('says that what waits needs an upload that is paused, and lets it go on', async () => {
    jamz.uploads.add(new File(['song'], 'song.mp3'), { groupId: 'crew' }).pause();
    become({ state: 'SYNCING', pending: 1 });
    const element = await indicator();
    expect(text(element, '#panel')).to.contain('An upload is paused');
    find(element, '#panel .resume')?.click();
    expect(jamz.started[0]?.calls).to.deep.equal(['pause', 'resume']);
  });

  it('syncs now when asked, unless the page says no', async () => {
    const element = await indicator();
    find(element, '#panel .primary')?.click();
    element.addEventListener('jamz-request-sync', (event) => event.preventDefault());
    find(element, '#panel .primary')?.click();
    expect(jamz.calls).to.deep.equal(['syncNow']);
  });

  it('counts open questions in its badge and hands them to the page', async () => {
    become({ conflicts: 2 });
    const element = await indicator();
    let asked = 0;
    element.addEventListener('jamz-request-conflicts', () => {
      asked += 1;
    });
    expect(text(element, '.badge')).to.equal('2 2 questions for you');
    find(element, '#panel > .button:not(.primary)')?.click();
    expect(asked).to.equal(1);
  });

  it('lists changes that others overtook, to be put back or dismissed', async () => {
    const calls: string[] = [];
    const told = { scope: 'g:crew', text: '', atMs: nowMs, by: 'bo', byName: 'Bo' } as const;
    const dismiss = (): void => void calls.push('dismiss');
    jamz.notices$.next([
      {
        ...told,
        id: 'place',
        kind: 'overtaken',
        about: 'place',
        title: 'Lake',
        fields: [{ field: 'name', mine: 'Camp', theirs: 'Lake' }],
        putBack: () => {
          calls.push('put back');
          return sent;
        },
        dismiss,
      },
      {
        ...told,
        id: 'member',
        kind: 'removed',
        about: 'member',
        title: 'Cleo',
        fields: [{ field: 'role', mine: 'owner', theirs: null }],
        putBack: () => undefined,
        dismiss,
      },
    ]);
    const element = await indicator();
    expect(text(element, '.badge')).to.equal('2 2 changes overtaken');
    expect(text(element, 'ul')).to.contain('Bo changed “Lake” when you did');
    expect(text(element, 'ul')).to.contain('Name: now “Lake”, yours was “Camp”');
    expect(text(element, 'ul')).to.contain('Bo removed “Cleo” while you were changing it');
    for (const button of element.shadowRoot?.querySelectorAll('li button') ?? []) {
      button.dispatchEvent(new MouseEvent('click'));
    }
    expect(calls).to.deep.equal(['put back', 'dismiss', 'dismiss']);
  });

  it('does not count twice what the status or the list of refused changes says', async () => {
    const told = { text: '', atMs: nowMs, dismiss: () => {} };
    jamz.notices$.next([
      { ...told, id: 'update', kind: 'update-needed', scope: null },
      { ...told, id: 'disk', kind: 'storage', scope: null },
    ]);
    const element = await indicator();
    expect(find(element, '.badge')).to.equal(null);
  });

  it('opens inside the window', async () => {
    const element = await indicator();
    find(element, '#pill')?.click();
    await aTimeout(60);
    const box = find(element, '#panel')?.getBoundingClientRect();
    expect(find(element, '#panel')?.matches(':popover-open')).to.equal(true);
    expect(box && box.left >= 0 && box.top >= 0 && box.right <= innerWidth).to.equal(true);
  });

  it('announces a state that lasts, and neither its first nor a passing one', async () => {
    const element = await indicator();
    expect(text(element, '[role="status"]')).to.equal('');
    become({ state: 'OFFLINE', pending: 1 });
    become({ state: 'SYNCED' });
    await aTimeout(1600);
    expect(text(element, '[role="status"]')).to.equal('');
    become({ state: 'OFFLINE', pending: 1 });
    await aTimeout(1600);
    await element.updateComplete;
    expect(text(element, '[role="status"]')).to.equal('Offline, 1 change waiting');
  });

  it('tells the page when the state or what waits is another', async () => {
    const told: string[] = [];
    const element = await indicator();
    element.addEventListener('jamz-status-change', ({ detail }) =>
      told.push(`${detail.state} ${detail.pending}`),
    );
    become({ state: 'SYNCING', pending: 1 });
    become({ state: 'SYNCING', pending: 1, roundTripMs: 30 });
    become({});
    expect(told).to.deep.equal(['SYNCING 1', 'SYNCED 0']);
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await indicator();
    const page = element.parentElement;
    element.remove();
    expect(jamz.status$.observed).to.equal(false);
    page?.append(element);
    await element.updateComplete;
    expect(text(element, '.word')).to.equal('In sync');
  });
});
