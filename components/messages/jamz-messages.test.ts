import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { JamzError, type Message, type Sent, type SetAsideEntry } from '../../sdk/index.ts';
import '../define/jamz-messages.ts';
import { audited } from '../shared/testing/audited.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz, synced } from '../shared/testing/fake-jamz.ts';
import type { JamzMessages } from './jamz-messages.ts';

describe('<jamz-messages>', () => {
  let group: FakeGroup;
  let jamz: FakeJamz;

  const messages = (theme = 'light'): Promise<JamzMessages> =>
    fixture<JamzMessages>(
      html`<jamz-messages theme=${theme} style="height: 20em" .group=${group}></jamz-messages>`,
    );
  const message = (messageId: string, authorId: string, text: string, minute = 0): Message => ({
    messageId,
    authorId,
    text,
    sentAtMs: jamz.nowMs + minute * 60_000,
    editedAtMs: null,
  });
  const all = (element: JamzMessages, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];
  const text = (element: JamzMessages, selector: string): string =>
    all(element, selector)
      .map((found) => found.textContent?.replace(/\s+/gu, ' ').trim())
      .join(' | ');
  const field = (element: JamzMessages): HTMLTextAreaElement => {
    const [found] = all(element, 'textarea');
    if (!(found instanceof HTMLTextAreaElement)) throw new Error('there is no field');
    return found;
  };
  const write = async (element: JamzMessages, words: string): Promise<void> => {
    field(element).value = words;
    field(element).dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
  };
  const press = async (element: JamzMessages, init: KeyboardEventInit): Promise<KeyboardEvent> => {
    const event = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true, ...init });
    field(element).dispatchEvent(event);
    await element.updateComplete;
    return event;
  };
  /** Sends as the real group does: the message stands at once, the answer comes later. */
  const answerSends = (): PromiseWithResolvers<void> => {
    const acked = Promise.withResolvers<void>();
    acked.promise.catch(() => {});
    group.send = (words: string): Sent => {
      group.calls.push(`send ${words}`);
      group.messages$.next([...group.messages$.value, message('mine-1', 'ana', words)]);
      return { opId: 'op-1', acked: acked.promise };
    };
    return acked;
  };
  const refuse = (summary: string, calls: string[]): SetAsideEntry => ({
    opId: 'op-1',
    scope: 'g:crew',
    summary,
    opType: 'messages.send',
    reason: new JamzError('forbidden', 'You may not write here.'),
    setAsideAtMs: 0,
    retry: () => calls.push('retry'),
    discard: () => calls.push('discard'),
  });

  beforeEach(() => {
    sessionStorage.clear();
    jamz = new FakeJamz();
    group = jamz.group('crew');
    group.messages$.next([
      message('1', 'bo', 'Left at the fork'),
      message('2', 'bo', 'Then the tunnel', 1),
      message('3', 'ana', 'See https://jamz.example/map.', 2),
    ]);
  });

  for (const theme of ['light', 'dark']) {
    it(`passes its accessibility audit in ${theme}`, async () => {
      const element = await messages(theme);
      await write(element, 'On my way');
      await audited(element);
    });
  }

  it('shows runs by author, the name once, the time at the end', async () => {
    const element = await messages();
    expect(all(element, '.theirs .author').length).to.equal(1);
    expect(all(element, '.theirs .face').length).to.equal(1);
    expect(all(element, '.theirs time').length).to.equal(1);
    expect(text(element, '.bubble')).to.equal(
      'Left at the fork | Then the tunnel | See https://jamz.example/map.',
    );
  });

  it('begins a run anew after a pause', async () => {
    group.messages$.next([message('1', 'bo', 'a'), message('2', 'bo', 'b', 6)]);
    const element = await messages();
    expect(all(element, '.first').length).to.equal(2);
  });

  it('opens addresses in a page that cannot reach back, and makes nothing else a link', async () => {
    const text =
      'javascript:alert(1) https://a.example/x?y=(1). <b>no</b> https://me@evil.example/';
    group.messages$.next([message('1', 'bo', text)]);
    const element = await messages();
    const links = all(element, '.bubble a');
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal([
      'https://a.example/x?y=(1)',
    ]);
    expect(links[0]?.getAttribute('rel')).to.contain('noopener');
    expect(all(element, '.bubble b').length).to.equal(0);
    expect(all(element, '.bubble')[0]?.textContent?.trim()).to.equal(text);
  });

  it('sends on Enter, and starts a line on Shift and Enter', async () => {
    const element = await messages();
    await write(element, '  On my way ');
    expect((await press(element, { shiftKey: true })).defaultPrevented).to.equal(false);
    expect(group.calls).to.deep.equal([]);
    expect((await press(element, {})).defaultPrevented).to.equal(true);
    expect(group.calls).to.deep.equal(['send On my way']);
    expect(field(element).value).to.equal('');
  });

  it('leaves Enter to an input method that composes', async () => {
    const element = await messages();
    await write(element, 'にほん');
    await press(element, { isComposing: true });
    expect(group.calls).to.deep.equal([]);
  });

  it('sends nothing of nothing', async () => {
    const element = await messages();
    await write(element, '   ');
    await press(element, {});
    expect(group.calls).to.deep.equal([]);
    expect((all(element, '.send')[0] as HTMLButtonElement).disabled).to.equal(true);
  });

  it('leaves the sending to a page that wants it, and keeps the text', async () => {
    const element = await messages();
    element.addEventListener('jamz-request-send', (event) => event.preventDefault());
    await write(element, 'On my way');
    await press(element, {});
    expect(group.calls).to.deep.equal([]);
    expect(field(element).value).to.equal('On my way');
  });

  it('says that a message waits, and then that it was sent', async () => {
    const acked = answerSends();
    const element = await messages();
    await write(element, 'In the dark');
    jamz.status$.next({ ...synced, state: 'OFFLINE', pending: 1 });
    await press(element, {});
    expect(text(element, '.mark')).to.equal('Waiting to be sent');
    expect(text(element, '.state')).to.contain('Offline');
    acked.resolve();
    jamz.status$.next(synced);
    await aTimeout(0);
    await element.updateComplete;
    expect(text(element, '.mark')).to.equal('Sent');
  });

  it('does not guess about a message of which it cannot know', async () => {
    jamz.status$.next({ ...synced, pending: 1 });
    expect(text(await messages(), '.mark')).to.equal('');
  });

  it('keeps the whole text of a refused message, with both ways out', async () => {
    const acked = answerSends();
    const element = await messages();
    const words = 'A message that is longer than the forty letters of a summary';
    await write(element, words);
    await press(element, {});
    const calls: string[] = [];
    group.messages$.next([]);
    jamz.setAside$.next([refuse('send “A message that is longer than the fort”', calls)]);
    acked.reject(new JamzError('forbidden', 'no'));
    await element.updateComplete;
    expect(text(element, '.refused .bubble')).to.equal(words);
    expect(text(element, '.refused .foot')).to.equal('Not sent: You may not write here.');
    for (const button of all(element, '.refused button')) button.click();
    expect(calls).to.deep.equal(['retry', 'discard']);
  });

  it('shows refused messages after a reload too, and no other refusals', async () => {
    jamz.setAside$.next([refuse('send “Wait for”', []), { ...refuse('play', []), opId: 'op-2' }]);
    expect(text(await messages(), '.refused .bubble')).to.equal('Wait for');
  });

  it('keeps a half-written message over a reload', async () => {
    await write(await messages(), 'Half of');
    expect(Object.keys(sessionStorage).every((key) => key.startsWith('jamz'))).to.equal(true);
    expect(field(await messages()).value).to.equal('Half of');
  });

  it('shows the next person in this tab nothing of what was half written', async () => {
    const element = await messages();
    await write(element, 'Only for Bo');
    jamz.user$.next({ id: 'cy', name: 'Cy', guest: true });
    element.requestUpdate();
    await element.updateComplete;
    expect(field(element).value).to.equal('');
    jamz.user$.next({ id: 'ana', name: 'Ana Novak', guest: false });
    element.requestUpdate();
    await element.updateComplete;
    expect(field(element).value).to.equal('Only for Bo');
  });

  it('stays at the end, and leaves who reads back alone', async () => {
    const many = Array.from({ length: 60 }, (_, index) => message(`m${index}`, 'bo', 'Tunnel'));
    group.messages$.next(many);
    const element = await messages();
    const [log] = all(element, '.log');
    if (!log) throw new Error('there is no log');
    await nextFrame();
    expect(Math.ceil(log.scrollTop + log.clientHeight)).to.be.at.least(log.scrollHeight - 1);
    expect(all(element, '.latest').length).to.equal(0);

    log.scrollTop = 0;
    log.dispatchEvent(new Event('scroll'));
    group.messages$.next([...many, message('new', 'bo', 'Out again', 1)]);
    await element.updateComplete;
    expect(log.scrollTop).to.equal(0);
    expect(text(element, '.latest')).to.equal('1 new message');
    expect(text(element, '.new + li .bubble')).to.equal('Out again');

    all(element, '.latest button')[0]?.click();
    await element.updateComplete;
    await nextFrame();
    expect(Math.ceil(log.scrollTop + log.clientHeight)).to.be.at.least(log.scrollHeight - 1);
    expect(all(element, '.latest').length).to.equal(0);
  });

  it('announces whole messages: a log of lines that are only added', async () => {
    const [log] = all(await messages(), '[role=log]');
    expect(log?.getAttribute('aria-relevant')).to.equal('additions');
    expect(log?.querySelector('li:last-child')?.textContent?.replace(/\s+/gu, ' ')).to.match(
      /You .*See .*map\./u,
    );
  });

  it('shows the latest 200', async () => {
    group.messages$.next(
      Array.from({ length: 230 }, (_, index) => message(`m${index}`, 'bo', `Say ${index}`)),
    );
    const bubbles = all(await messages(), '.bubble');
    expect(bubbles.length).to.equal(200);
    expect(bubbles[0]?.textContent).to.equal('Say 30');
  });

  it('has a word for who has nothing to read yet, and none to write for who may not', async () => {
    group.messages$.next([]);
    group.denied = new Set(['send-messages']);
    const element = await messages();
    expect(text(element, '.notice-title')).to.equal('No messages yet');
    expect(all(element, 'textarea').length).to.equal(0);
    expect(text(element, '.read-only')).to.contain('read along');
  });

  it('follows its streams only while it is on the page', async () => {
    const element = await messages();
    const page = element.parentElement;
    element.remove();
    expect(group.messages$.observed).to.equal(false);
    expect(jamz.status$.observed).to.equal(false);
    page?.append(element);
    await element.updateComplete;
    expect(all(element, '.bubble').length).to.equal(3);
  });
});
