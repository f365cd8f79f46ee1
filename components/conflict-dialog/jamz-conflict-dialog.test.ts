import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Conflict } from '../../sdk/index.ts';
import '../define/jamz-conflict-dialog.ts';
import '../define/jamz-sync-indicator.ts';
import { audited } from '../shared/testing/audited.ts';
import { sent } from '../shared/testing/fake-group.ts';
import { FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzConflictDialog } from './jamz-conflict-dialog.ts';

describe('<jamz-conflict-dialog>', () => {
  let jamz: FakeJamz;
  let calls: string[];
  /** What waits for its time. */
  let later: { delayMs: number; task: () => void }[];

  const question = (patch: Partial<Conflict> = {}): Conflict => {
    const field = patch.field ?? 'name';
    return {
      id: `${field}-1`,
      field,
      mine: 'Anna',
      theirs: 'Ana N.',
      mineIsHere: true,
      mineAtMs: jamz.nowMs - 120_000,
      theirsAtMs: jamz.nowMs - 180_000,
      keepMine: () => say(`${field} mine`),
      keepTheirs: () => say(`${field} theirs`),
      keep: (value) => say(`${field} ${value}`),
      ...patch,
    };
  };
  const say = (word: string): typeof sent => {
    calls.push(word);
    return sent;
  };
  const ask = (...conflicts: Conflict[]): void => jamz.conflicts$.next(conflicts);
  const dialog = (theme = 'light'): Promise<JamzConflictDialog> =>
    fixture<JamzConflictDialog>(
      html`<jamz-conflict-dialog
        theme=${theme}
        .client=${jamz}
        .in=${(delayMs: number, task: () => void) => {
          const entry = { delayMs, task };
          later.push(entry);
          return () => {
            later = later.filter((other) => other !== entry);
          };
        }}
      ></jamz-conflict-dialog>`,
    );
  const all = (element: Element, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const text = (element: Element, selector: string): string =>
    all(element, selector)
      .map((found) => found.textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const press = async (element: JamzConflictDialog, label: string): Promise<void> => {
    const button = all(element, 'button').find((one) => one.textContent?.trim() === label);
    if (!button) throw new Error(`there is no button ${label}`);
    button.click();
    await element.updateComplete;
  };
  const openedBy = async (element: JamzConflictDialog): Promise<JamzConflictDialog> => {
    element.open();
    await element.updateComplete;
    return element;
  };
  /** Presses the questions in a sync indicator's panel, which loads when it opens. */
  const askThere = async (indicator: Element): Promise<void> => {
    all(indicator, '#pill')[0]?.click();
    const questions = '#panel > .button:not(.primary)';
    await waitUntil(() => all(indicator, questions).length === 1);
    all(indicator, questions)[0]?.click();
    all(indicator, '#pill')[0]?.click();
  };
  const isOpen = (element: JamzConflictDialog): boolean =>
    element.shadowRoot?.querySelector('dialog')?.open ?? false;

  beforeEach(() => {
    jamz = new FakeJamz();
    jamz.profile$.next({ name: 'Anna', photoFileId: null, aiOptIn: false });
    calls = [];
    later = [];
    ask(question());
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}, with one question and with many`, async () => {
      ask(question(), question({ field: 'aiOptIn', mine: true, theirs: false }));
      const element = await openedBy(await dialog(theme));
      await audited(element);
      element.close();
      ask(...[1, 2, 3, 4].map((id) => question({ id: `name-${id}` })));
      await element.updateComplete;
      await audited(await openedBy(element));
    });
  }

  it('never opens by itself: it shows a badge, or nothing', async () => {
    const element = await dialog();
    expect(isOpen(element)).to.equal(false);
    expect(text(element, '.badge')).to.equal('11 question for you');
    ask();
    await element.updateComplete;
    expect(all(element, '.frame > *').length).to.equal(0);
    await openedBy(element);
    expect(isOpen(element)).to.equal(false);
  });

  it('opens from its badge, on the choice that changes nothing', async () => {
    const element = await dialog();
    all(element, '.badge')[0]?.click();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(true);
    expect(element.shadowRoot?.activeElement?.textContent?.trim()).to.equal('Decide later');
    await press(element, 'Decide later');
    expect(isOpen(element)).to.equal(false);
    expect(calls).to.deep.equal([]);
  });

  it('opens from the sync indicator of the same connection only', async () => {
    jamz.status$.next({ ...synced, conflicts: 1 });
    const stranger = new FakeJamz();
    stranger.status$.next({ ...synced, conflicts: 1 });
    const element = await dialog();
    for (const [client, opens] of [
      [stranger, false],
      [jamz, true],
    ] as const) {
      const indicator = await fixture<HTMLElement>(
        html`<jamz-sync-indicator .client=${client}></jamz-sync-indicator>`,
      );
      await askThere(indicator);
      await element.updateComplete;
      expect(isOpen(element)).to.equal(opens);
    }
  });

  it('leaves a request that the page has taken over alone', async () => {
    const element = await dialog();
    const indicator = await fixture<HTMLElement>(
      html`<jamz-sync-indicator
        .client=${jamz}
        @jamz-request-conflicts=${(event: Event) => event.preventDefault()}
      ></jamz-sync-indicator>`,
    );
    jamz.status$.next({ ...synced, conflicts: 1 });
    await (indicator as JamzConflictDialog).updateComplete;
    await askThere(indicator);
    expect(isOpen(element)).to.equal(false);
  });

  it('says whose, where as far as it knows, and when, and marks what differs', async () => {
    const element = await openedBy(await dialog());
    expect(text(element, '.whose')).to.equal(
      'Yours This device · 2 minutes ago | Theirs Another device · 3 minutes ago',
    );
    expect(text(element, '.value')).to.equal('Anna | Ana N.');
    expect(text(element, 'mark')).to.equal('na | a N.');
    ask(question({ mineIsHere: false }));
    await element.updateComplete;
    expect(text(element, '.where')).to.not.contain('This device');
  });

  for (const [label, said] of [
    ['Keep mine', 'name mine'],
    ['Keep theirs', 'name theirs'],
  ] as const) {
    it(`answers ${label}`, async () => {
      const element = await openedBy(await dialog());
      await press(element, label);
      expect(calls).to.deep.equal([said]);
      expect(isOpen(element)).to.equal(false);
    });
  }

  it('combines field by field, and shows the result before it is kept', async () => {
    ask(question(), question({ field: 'aiOptIn', mine: true, theirs: false }));
    const element = await openedBy(await dialog());
    all(element, '.card:nth-child(2) input')[1]?.click();
    await element.updateComplete;
    expect(text(element, '.rest')).to.equal('Assistant: Off');
    expect(
      all(element, '.card input').map((one) => (one as HTMLInputElement).checked),
    ).to.deep.equal([true, false, false, true]);
    await press(element, 'Keep the result');
    expect(calls).to.deep.equal(['name mine', 'aiOptIn theirs']);
  });

  it('takes a name that is neither', async () => {
    const element = await openedBy(await dialog());
    const [input] = all(element, '.result input');
    if (!(input instanceof HTMLInputElement)) throw new Error('there is no field');
    input.value = ' Anna N. ';
    input.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    await press(element, 'Keep the result');
    expect(calls).to.deep.equal(['name Anna N.']);
  });

  it('gives eight seconds to undo: puts back what stood, and asks again', async () => {
    const element = await openedBy(await dialog());
    await press(element, 'Keep theirs');
    ask();
    await element.updateComplete;
    expect(later.map(({ delayMs }) => delayMs)).to.deep.equal([8000]);
    expect(text(element, '.toast')).to.contain('Your choice is kept.');
    await press(element, 'Undo');
    expect(calls).to.deep.equal(['name theirs', 'name Anna']);
    expect(isOpen(element)).to.equal(true);
    await press(element, 'Decide later');
    expect(text(element, '.badge')).to.equal('11 question for you');
    await press(await openedBy(element), 'Keep mine');
    expect(calls.at(-1)).to.equal('name mine');
    expect(all(element, '.badge').length).to.equal(0);
  });

  it('takes the way back away after its time', async () => {
    const element = await openedBy(await dialog());
    await press(element, 'Keep mine');
    later[0]?.task();
    await element.updateComplete;
    expect(all(element, '.toast').length).to.equal(0);
  });

  it('says so when another device answers meanwhile, and leaves', async () => {
    const element = await openedBy(await dialog());
    ask();
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('Answered on another device');
    expect(isOpen(element)).to.equal(true);
    later[0]?.task();
    await element.updateComplete;
    expect(isOpen(element)).to.equal(false);
    expect(calls).to.deep.equal([]);
  });

  it('goes on with what is left, and keeps what was chosen', async () => {
    const assistant = question({ field: 'aiOptIn', mine: true, theirs: false });
    ask(question(), assistant);
    const element = await openedBy(await dialog());
    all(element, '.card:nth-child(2) input')[1]?.click();
    ask(assistant);
    await element.updateComplete;
    expect(text(element, '.some')).to.contain('answered on another device');
    expect(text(element, '.card .label')).to.equal('Assistant | Assistant');
    expect(text(element, '.card .value')).to.equal('On | Off');
    await press(element, 'Keep the result');
    expect(calls).to.deep.equal(['aiOptIn theirs']);
  });

  it('says so when the profile is gone meanwhile', async () => {
    const element = await openedBy(await dialog());
    jamz.user$.next(null);
    ask();
    await element.updateComplete;
    expect(text(element, 'h2')).to.equal('This question is gone');
  });

  it('lists more than three, with one choice for all', async () => {
    ask(...[1, 2, 3, 4].map((id) => question({ id: `name-${id}` })));
    const element = await openedBy(await dialog());
    expect(all(element, '.list li').length).to.equal(4);
    await press(element, 'Theirs');
    await press(element, 'Keep the result');
    expect(calls).to.deep.equal(Array(4).fill('name theirs'));
  });

  it('leaves the answer to a page that wants it', async () => {
    const element = await openedBy(await dialog());
    let asked: unknown;
    element.addEventListener('jamz-request-answer', (event) => {
      asked = event.detail.fields;
      event.preventDefault();
    });
    await press(element, 'Keep theirs');
    expect(asked).to.deep.equal({ name: 'Ana N.' });
    expect(calls).to.deep.equal([]);
  });

  it('tells the page of a question once', async () => {
    const told: string[] = [];
    const element = await dialog();
    element.addEventListener('jamz-conflict', ({ detail }) => told.push(detail.field));
    ask(question(), question({ field: 'aiOptIn', mine: true, theirs: false }));
    ask(question(), question({ field: 'aiOptIn', mine: true, theirs: false }));
    expect(told).to.deep.equal(['aiOptIn']);
  });

  it('is closed when it comes back to the page, and listens no more while away', async () => {
    const element = await openedBy(await dialog());
    const page = element.parentElement;
    element.remove();
    expect(jamz.conflicts$.observed).to.equal(false);
    page?.append(element);
    await waitUntil(() => all(element, '.badge').length === 1);
    expect(isOpen(element)).to.equal(false);
  });
});
