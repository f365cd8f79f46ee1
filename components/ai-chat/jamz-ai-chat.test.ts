import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../define/jamz-ai-chat.ts';
import { JamzError } from '../../sdk/index.ts';
import { FakeAssistant } from '../shared/testing/fake-assistant.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzAiChat } from './jamz-ai-chat.ts';

const timeout = 15_000;

describe('<jamz-ai-chat>', () => {
  let jamz: FakeJamz;
  let assistant: FakeAssistant;
  let element: JamzAiChat;

  const find = <E extends Element = HTMLElement>(selector: string): E | null =>
    element.renderRoot.querySelector<E>(selector);
  const text = (selector: string): string =>
    (find(selector)?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const press = async (selector: string): Promise<void> => {
    find(selector)?.click();
    await element.updateComplete;
  };
  const write = async (words: string): Promise<void> => {
    const field = find<HTMLTextAreaElement>('textarea');
    if (!field) throw new Error('there is no field');
    field.value = words;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await element.updateComplete;
  };
  const key = async (name: string): Promise<KeyboardEvent> => {
    const event = new KeyboardEvent('keydown', {
      key: name,
      bubbles: true,
      composed: true,
      cancelable: true,
    });
    find('textarea')?.dispatchEvent(event);
    await element.updateComplete;
    return event;
  };
  const ask = async (words: string): Promise<void> => {
    await write(words);
    await key('Enter');
  };

  beforeEach(async () => {
    sessionStorage.clear();
    jamz = new FakeJamz();
    assistant = new FakeAssistant();
    jamz.assistant = assistant;
    jamz.profile$.next({ name: 'Ana', photoFileId: null, aiOptIn: true });
    element = await fixture<JamzAiChat>(
      html`<jamz-ai-chat .group=${jamz.group('crew')} style="block-size: 30em"></jamz-ai-chat>`,
    );
    await waitUntil(() => find('textarea'), 'it is ready', { timeout });
  });

  it('asks about the group that it stands in, in the page’s language', async () => {
    element.lang = 'de';
    await ask('Was nun?');
    expect(assistant.asked).to.deep.equal([
      { text: 'Was nun?', question: { groupId: 'crew', language: 'de' } },
    ]);
    expect(text('.question')).to.contain('Was nun?');
  });

  it('shows an answer as it comes, by its Markdown', async () => {
    await ask('What next?');
    assistant.say('Try **Road', ' Song**.');
    await waitUntil(() => text('.answer strong') === 'Road Song', 'it is bold', { timeout });
  });

  it('makes no HTML of what is answered, fetches no picture and opens no script', async () => {
    await ask('Harm me');
    assistant.say(
      '<img src=x onerror="alert(1)"> ![a beach](https://spy.example/p.png) [press](javascript:alert(1)) [fine](https://a.example/)',
    );
    assistant.end();
    await waitUntil(() => find('.answer a'), 'the link is there', { timeout });
    expect(find('.answer img')).to.equal(null);
    expect(text('.answer')).to.contain('<img src=x onerror="alert(1)"> a beach press fine');
    const links = [...element.renderRoot.querySelectorAll<HTMLAnchorElement>('.answer a')];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://a.example/']);
  });

  it('reads whole sentences out, none of them twice', async () => {
    await ask('What next?');
    assistant.say('Try it. And th');
    await waitUntil(() => text('[role=status]') === 'Try it.', 'the first is told', { timeout });
    assistant.say('en rest. ');
    await waitUntil(() => text('[role=status]') === 'And then rest.', 'the rest is', { timeout });
  });

  it('stops by its button and by Escape, and keeps what has come', async () => {
    await ask('One');
    assistant.say('Half an');
    await element.updateComplete;
    await press('[part=stop]');
    expect(assistant.heard).to.equal(false);
    expect(text('.end')).to.contain('You stopped this answer.');
    expect(text('.answer')).to.contain('Half an');
    await ask('Two');
    const event = await key('Escape');
    expect(event.defaultPrevented).to.equal(true);
    expect(assistant.heard).to.equal(false);
  });

  it('says that an answer broke off, and asks the same again', async () => {
    let told: unknown;
    element.addEventListener('jamz-error', ({ detail }) => {
      told = detail;
    });
    await ask('How far?');
    assistant.say('40 km, and');
    assistant.fail(new JamzError('unavailable', 'The link broke.'));
    await element.updateComplete;
    expect(text('[role=alert]')).to.contain('broke before the answer was complete');
    expect(told).to.deep.equal({ code: 'unavailable', message: 'The link broke.' });
    await press('[part=retry]');
    expect(assistant.asked.map(({ text: asked }) => asked)).to.deep.equal(['How far?', 'How far?']);
    expect(element.renderRoot.querySelectorAll('.turn').length).to.equal(1);
  });

  it('does nothing before the person says so, and takes it back when they say so', async () => {
    await ask('Something calm');
    assistant.offer('add', 'Add “Lighthouse”');
    assistant.end();
    await element.updateComplete;
    expect(assistant.calls).to.deep.equal([]);
    await press('[part=confirm]');
    await waitUntil(() => find('[part=undo]'), 'it is done', { timeout });
    await press('[part=undo]');
    await waitUntil(() => text('.became') === 'Taken back', 'it is undone', { timeout });
    expect(assistant.calls).to.deep.equal(['confirm add', 'undo add']);
  });

  it('offers again what was refused, with the reason', async () => {
    const refused = new JamzError('forbidden', 'Only owners add tracks.');
    await ask('Something calm');
    assistant.offer('add', 'Add “Lighthouse”', { confirm: () => Promise.reject(refused) });
    await element.updateComplete;
    await press('[part=confirm]');
    await waitUntil(() => text('.offer [role=alert]') !== '', 'it says why', { timeout });
    expect(text('.offer [role=alert]')).to.equal('Only owners add tracks.');
    expect(text('[part=confirm]')).to.equal('Do it');
  });

  it('names no group in private, says so, and keeps no draft', async () => {
    await press('[part=private]');
    expect(text('.state')).to.contain('reads nothing of the group');
    await write('A secret');
    expect(JSON.stringify({ ...sessionStorage })).to.not.contain('A secret');
    await key('Enter');
    expect(assistant.asked[0]?.question).to.deep.equal({ private: true, language: 'en' });
  });

  it('reads nothing before the person has agreed', async () => {
    jamz.profile$.next({ name: 'Ana', photoFileId: null, aiOptIn: false });
    await element.updateComplete;
    expect(find('textarea')).to.equal(null);
    await press('[part=agree]');
    expect(jamz.calls).to.include('updateProfile');
  });

  it('lets the page do it in its own way', async () => {
    const own = (event: Event): void => event.preventDefault();
    for (const type of ['jamz-request-ask', 'jamz-request-action', 'jamz-request-profile']) {
      element.addEventListener(type, own);
    }
    await ask('Anything');
    expect(assistant.asked).to.deep.equal([]);
  });

  it('asks nothing in a tunnel, and keeps what was written', async () => {
    jamz.status$.next({ ...jamz.status$.value, state: 'OFFLINE' });
    await ask('Anyone?');
    expect(assistant.asked).to.deep.equal([]);
    expect(find<HTMLTextAreaElement>('textarea')?.value).to.equal('Anyone?');
  });

  it('forgets the talk with its group, and stops with its element', async () => {
    await ask('Here');
    element.group = jamz.group('other');
    await waitUntil(() => !find('.turn'), 'the other group has its own', { timeout });
    await ask('There');
    element.remove();
    expect(assistant.heard).to.equal(false);
  });

  it('brings the last question back with the arrow, and begins anew', async () => {
    await ask('How far?');
    assistant.end();
    await element.updateComplete;
    await key('ArrowUp');
    expect(find<HTMLTextAreaElement>('textarea')?.value).to.equal('How far?');
    await press('[part=clear]');
    expect(find('[part=start]')).to.not.equal(null);
  });
});
