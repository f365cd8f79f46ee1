import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { define } from '../shared/define.ts';
import { audited } from '../shared/testing/audited.ts';
import { entry, type FakeGroup, silence } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import { JamzPlaylist } from './jamz-playlist.ts';

define('jamz-playlist', JamzPlaylist);

describe('<jamz-playlist>', () => {
  let group: FakeGroup;
  const songs = (count: number): void =>
    group.playlist$.next(
      Array.from({ length: count }, (_, index) => entry(`${index}`, { likes: index % 3 })),
    );
  const playlist = async (): Promise<JamzPlaylist> => {
    const element = await fixture<JamzPlaylist>(
      html`<jamz-playlist .group=${group} style="height: 400px"></jamz-playlist>`,
    );
    await nextFrame();
    await element.updateComplete;
    return element;
  };
  const all = (element: JamzPlaylist, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const one = (element: JamzPlaylist, selector: string): HTMLElement => {
    const [found] = all(element, selector);
    if (!found) throw new Error(`Nothing matches ${selector}`);
    return found;
  };
  const track = (element: JamzPlaylist, index: number): HTMLElement =>
    one(element, `.track[data-index='${index}']`);
  /** Once its code has come. */
  const addForm = async (element: JamzPlaylist): Promise<HTMLFormElement> => {
    await waitUntil(() => all(element, 'form').length > 0);
    const form = one(element, 'form');
    if (!(form instanceof HTMLFormElement)) throw new Error('No form');
    return form;
  };
  const said = (element: JamzPlaylist): string => one(element, '[role=status]').textContent ?? '';
  const press = (target: HTMLElement, key: string, altKey = false): boolean =>
    !target.dispatchEvent(
      new KeyboardEvent('keydown', {
        key,
        altKey,
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );

  beforeEach(() => {
    sessionStorage.clear();
    group = new FakeJamz().group('crew');
    songs(5);
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      group.nowPlaying$.next({ ...silence, item: entry('1'), playing: true });
      const element = await playlist();
      element.theme = theme;
      one(element, '[part=remove]').click();
      one(element, '[part=add]').click();
      await addForm(element);
      await audited(element);
    });
  }

  it('says of a track that is still on its way that nobody else has it', async () => {
    group.playlist$.next([entry('a', { fileId: 'f1' }), entry('b', { fileId: '~song' })]);
    const element = await playlist();
    const details = all(element, '.detail').map(({ textContent }) => textContent);
    expect(details[0]).not.to.contain('Only here');
    expect(details[1]).to.contain('Only here until uploaded');
    await audited(element);
  });

  it('[ID23] says of a track whose file was taken down that it was', async () => {
    group.playlist$.next([entry('a', { fileId: 'f1', takenDown: true }), entry('b')]);
    const element = await playlist();
    const [first, second] = all(element, '.row');
    expect(first?.querySelector('.detail')?.textContent).to.contain('Taken down');
    expect(second?.querySelector('.detail')?.textContent).not.to.contain('Taken down');
    expect(first?.hasAttribute('data-taken-down')).to.equal(true);
    await audited(element);
  });

  it('keeps only the rows in view in the document', async () => {
    songs(10_000);
    const element = await playlist();
    expect(all(element, '.row').length).to.be.within(7, 40);
    expect(one(element, '.row').getAttribute('aria-setsize')).to.equal('10000');

    one(element, '.scroller').scrollTop = 300_000;
    await nextFrame();
    await element.updateComplete;
    expect(all(element, '.row').length).to.be.within(7, 41);
    const shown = all(element, '.track').map(({ dataset }) => Number(dataset['index']));
    expect(Math.max(...shown)).to.be.greaterThan(5_300);
  });

  it('shows the current track at first', async () => {
    songs(1_000);
    group.nowPlaying$.next({ ...silence, item: entry('700') });
    const element = await playlist();
    await nextFrame();
    await element.updateComplete;
    const current = one(element, '[aria-current=true]').getBoundingClientRect();
    const list = one(element, '.scroller').getBoundingClientRect();
    expect(current.top).to.be.within(list.top, list.bottom);
  });

  it('chooses a track', async () => {
    track(await playlist(), 2).click();
    expect(group.calls).to.deep.equal(['select 2']);
  });

  it('does nothing where the page says no', async () => {
    const element = await playlist();
    element.addEventListener('jamz-request-select', (event) => event.preventDefault());
    track(element, 2).click();
    expect(group.calls).to.deep.equal([]);
  });

  it('likes and unlikes', async () => {
    group.playlist$.next([entry('a'), entry('b', { likedByMe: true, likes: 1 })]);
    const element = await playlist();
    for (const heart of all(element, '[part=like]')) heart.click();
    expect(group.calls).to.deep.equal(['like a', 'unlike b']);
  });

  it('goes through the rows with the arrow keys, one tab stop at a time', async () => {
    songs(100);
    const element = await playlist();
    track(element, 0).focus();
    expect(press(track(element, 0), 'ArrowDown')).to.equal(true);
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(track(element, 1));
    expect(all(element, ".track[tabindex='0']")).to.have.length(1);
    press(track(element, 1), 'End');
    await element.updateComplete;
    await nextFrame();
    await element.updateComplete;
    expect(element.shadowRoot?.activeElement).to.equal(track(element, 99));
  });

  it('moves a track with Alt and the arrow keys, and says where it is now', async () => {
    const element = await playlist();
    track(element, 1).focus();
    press(track(element, 1), 'ArrowDown', true);
    expect(group.calls).to.deep.equal(['moveTrack 1 after 2']);
    await element.updateComplete;
    expect(said(element)).to.equal('Song 1: place 3 of 5');
  });

  it('does not move the first track further up', async () => {
    const element = await playlist();
    press(track(element, 0), 'ArrowUp', true);
    expect(group.calls).to.deep.equal([]);
  });

  it('carries a track by its handle', async () => {
    const element = await playlist();
    const handle = one(element, '.row:first-child [part=handle]');
    handle.setPointerCapture = () => {};
    const box = one(element, '.row:first-child').getBoundingClientRect();
    const point = (type: string, clientY: number): boolean =>
      handle.dispatchEvent(new PointerEvent(type, { clientY, bubbles: true, button: 0 }));
    point('pointerdown', box.top + 10);
    point('pointermove', box.top + 10 + 2 * box.height);
    await element.updateComplete;
    expect(all(element, '.row[data-carried]')).to.have.length(1);
    point('pointerup', box.top + 10 + 2 * box.height);
    expect(group.calls).to.deep.equal(['moveTrack 0 after 2']);
  });

  it('puts a carried track back on Escape', async () => {
    const element = await playlist();
    const handle = one(element, '.row:first-child [part=handle]');
    handle.setPointerCapture = () => {};
    handle.dispatchEvent(new PointerEvent('pointerdown', { clientY: 0, button: 0, bubbles: true }));
    handle.dispatchEvent(new PointerEvent('pointermove', { clientY: 200, bubbles: true }));
    press(handle, 'Escape');
    handle.dispatchEvent(new PointerEvent('pointerup', { clientY: 200, bubbles: true }));
    expect(group.calls).to.deep.equal([]);
  });

  it('removes a track and puts it back', async () => {
    const element = await playlist();
    press(track(element, 2), 'Delete');
    track(element, 2).focus();
    press(track(element, 2), 'Delete');
    await element.updateComplete;
    one(element, '[part=undo] button').click();
    expect(group.calls).to.deep.equal([
      'removeTrack 0',
      'removeTrack 2',
      'addTracks Song 2 after 1',
      'addTracks Song 0 after null',
    ]);
    await element.updateComplete;
    expect(all(element, '[part=undo]')).to.have.length(0);
  });

  it('adds a track by its address, and says what is wrong with one', async () => {
    const element = await playlist();
    one(element, '[part=add]').click();
    const form = await addForm(element);
    const address = one(element, '#address') as HTMLInputElement;
    await waitUntil(() => element.shadowRoot?.activeElement === address);
    address.value = 'not an address';
    form.requestSubmit();
    await element.updateComplete;
    expect(one(element, '[role=alert]').textContent).to.contain('starts with https://');
    address.value = 'https://music.example/road%20song.mp3';
    form.requestSubmit();
    await element.updateComplete;
    expect(group.calls).to.deep.equal(['addTracks road song']);
    expect(all(element, 'form')).to.have.length(0);
    expect(element.shadowRoot?.activeElement).to.equal(one(element, '[part=add]'));
  });

  it('keeps a half-typed address over a reload, and forgets it once it is added or let go', async () => {
    const typed = async (): Promise<JamzPlaylist> => {
      const element = await playlist();
      one(element, '[part=add]').click();
      await addForm(element);
      const address = one(element, '#address') as HTMLInputElement;
      address.value = 'https://music.example/half';
      address.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      element.remove();
      return playlist();
    };
    const after = await typed();
    await addForm(after);
    expect(after.shadowRoot?.activeElement).to.equal(null);
    expect((one(after, '#address') as HTMLInputElement).value).to.contain('half');
    (one(after, 'form') as HTMLFormElement).requestSubmit();
    after.remove();
    expect(all(await playlist(), 'form')).to.have.length(0);

    const again = await typed();
    await addForm(again);
    one(again, 'form .quiet').click();
    again.remove();
    expect(all(await playlist(), 'form')).to.have.length(0);
    expect(sessionStorage.length).to.equal(0);
  });

  it('opens the form again, with what was typed, where the page has moved the element', async () => {
    const element = await playlist();
    one(element, '[part=add]').click();
    await addForm(element);
    const address = one(element, '#address') as HTMLInputElement;
    address.value = 'https://music.example/half';
    address.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    const elsewhere = document.createElement('section');
    element.before(elsewhere);
    elsewhere.append(element);
    await waitUntil(() => !address.isConnected);
    await addForm(element);
    expect((one(element, '#address') as HTMLInputElement).value).to.contain('half');
  });

  it('offers nothing that this member may not do', async () => {
    group.denied = new Set(['control', 'add-tracks', 'remove-tracks', 'move-tracks']);
    const element = await playlist();
    expect(all(element, '[part=add], [part=remove], [part=handle], .toggle-edit')).to.have.length(
      0,
    );
    expect(track(element, 0).getAttribute('aria-disabled')).to.equal('true');
    track(element, 0).click();
    press(track(element, 0), 'Delete');
    press(track(element, 0), 'ArrowDown', true);
    expect(group.calls).to.deep.equal([]);
    await audited(element);
  });

  it('says that it is empty', async () => {
    songs(0);
    const element = await playlist();
    expect(element.shadowRoot?.textContent).to.contain('No tracks yet');
    await audited(element);
  });

  it('sums up how many and how long', async () => {
    const element = await playlist();
    expect(one(element, '.sum').textContent?.trim()).to.equal('5 tracks · 15 min');
  });
});
