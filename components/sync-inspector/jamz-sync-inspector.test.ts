import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../define/jamz-sync-inspector.ts';
import { FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzSyncInspector } from './jamz-sync-inspector.ts';

const nowMs = 1_700_000_000_000;

describe('<jamz-sync-inspector>', () => {
  let jamz: FakeJamz;

  const open = async (): Promise<JamzSyncInspector> => {
    const element = await fixture<JamzSyncInspector>(
      html`<jamz-sync-inspector .client=${jamz}></jamz-sync-inspector>`,
    );
    await waitUntil(() => find(element, 'fieldset'), 'the inspector did not come');
    return element;
  };
  const find = (element: JamzSyncInspector, selector: string): HTMLElement | null =>
    element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
  const text = (element: JamzSyncInspector, selector: string): string =>
    (find(element, selector)?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const button = (element: JamzSyncInspector, label: string): HTMLElement | undefined =>
    [...(element.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])].find(
      ({ textContent }) => textContent?.trim() === label,
    );

  beforeEach(() => {
    jamz = new FakeJamz();
  });

  it('tells the state, who leads, and what each log has', async () => {
    const cursor = { generation: 2, seq: 40, hash: 'abcdef0123456789' };
    jamz.inspector.inside = { scopes: [{ scope: 'g:crew', cursor, headSeq: 44, pending: 3 }] };
    const element = await open();
    expect(text(element, 'header')).to.equal(
      'Sync inspector In sync this tab leads, term 4 · phone',
    );
    expect(text(element, '[part=logs] tbody')).to.equal('g:crew 2·40 abcdef 44 3');
    expect(find(element, '.behind')).not.to.equal(null);
  });

  it('lists what waits, twenty of it, and says how much more there is', async () => {
    const one = {
      opId: 'tab-1',
      scope: 'g:crew',
      type: 'places.update',
      summary: 'change a place',
      ageMs: 4_200,
      stage: 'sent',
      priority: 2,
      attempts: 1,
      dependsOn: ['tab-0'],
      reason: null,
    } as const;
    jamz.inspector.inside = { outbox: Array.from({ length: 30 }, () => one), waiting: 50 };
    const element = await open();
    expect(text(element, '[part=outbox] h3')).to.equal('Outbox: 50 changes');
    expect(text(element, '[part=outbox] tbody tr')).to.equal(
      'change a place places.update 4 s sent 1 2 tab-0',
    );
    expect(find(element, '[part=outbox]')?.querySelectorAll('tbody tr').length).to.equal(20);
    expect(text(element, '[part=outbox]')).to.contain('and 30 more');
  });

  it('injects a fault and ends it, and says which are on', async () => {
    const element = await open();
    button(element, 'Captive portal')?.click();
    await element.updateComplete;
    expect(jamz.inspector.faults.captivePortal).to.equal(true);
    expect(button(element, 'Captive portal')?.getAttribute('aria-pressed')).to.equal('true');
    const select = find(element, 'select') as HTMLSelectElement;
    select.value = '300';
    select.dispatchEvent(new Event('change'));
    expect(jamz.inspector.faults.latencyMs).to.equal(300);
    await element.updateComplete;
    button(element, 'End all faults')?.click();
    expect(Object.values(jamz.inspector.faults).some(Boolean)).to.equal(false);
  });

  it('draws a line through the states, and lists them', async () => {
    jamz.inspector.transitions = [
      { atMs: nowMs - 300_000, state: 'SYNCING', pending: 0 },
      { atMs: nowMs - 60_000, state: 'OFFLINE', pending: 2 },
      { atMs: nowMs - 30_000, state: 'SYNCED', pending: 0 },
    ];
    const element = await open();
    const lines = [...(find(element, '.chart svg')?.querySelectorAll('path') ?? [])]
      .filter(({ classList }) => !classList.contains('grid') && !classList.contains('step'))
      .map((path) => path.getAttribute('d'));
    expect(lines).to.deep.equal(['M0 27H300', 'M300 45H450', 'M450 9H600']);
    expect(text(element, 'summary')).to.equal('2 changes of state');
    expect(text(element, 'details li:nth-child(2)')).to.equal('Offline 60 s · Outbox: 2 changes');
  });

  it('looks again by itself', async () => {
    const element = await open();
    jamz.inspector.inside = { waiting: 7 };
    await aTimeout(600);
    expect(text(element, '[part=outbox] h3')).to.equal('Outbox: 7 changes');
  });

  it('ends its faults when it leaves the page', async () => {
    const element = await open();
    jamz.inspector.inject({ offline: true });
    element.remove();
    expect(jamz.inspector.closed).to.equal(true);
  });

  it('says so where its code does not come', async () => {
    jamz.inspect = () => Promise.reject(new TypeError('Failed to fetch'));
    jamz.status$.next(synced);
    const element = await fixture<JamzSyncInspector>(
      html`<jamz-sync-inspector .client=${jamz}></jamz-sync-inspector>`,
    );
    await waitUntil(() => text(element, '[role=status]').includes('could not be loaded'));
  });
});
