import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { JamzError, type Message } from '../../sdk/index.ts';
import '../define/jamz-messages.ts';
import type { FakeGroup } from '../shared/testing/fake-group.ts';
import { FakeJamz } from '../shared/testing/fake-jamz.ts';
import type { JamzMessages } from './jamz-messages.ts';

describe('what was said before the latest 200', () => {
  let group: FakeGroup;
  let jamz: FakeJamz;

  const messages = (): Promise<JamzMessages> =>
    fixture<JamzMessages>(
      html`<jamz-messages style="height: 20em" .group=${group}></jamz-messages>`,
    );
  const message = (messageId: string, authorId: string, text: string): Message => ({
    messageId,
    authorId,
    text,
    sentAtMs: jamz.nowMs,
    editedAtMs: null,
  });
  const all = (element: JamzMessages, selector: string): HTMLElement[] => [
    ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
  ];

  beforeEach(() => {
    sessionStorage.clear();
    jamz = new FakeJamz();
    group = jamz.group('crew');
  });

  const long = (): void => {
    group.messages$.next(
      Array.from({ length: 200 }, (_, index) => message(`m${index}`, 'bo', `Line ${index}`)),
    );
  };
  /** Before the first that the group holds there is this, and nothing before that. */
  const older = (page: readonly Message[]): void => {
    group.olderMessages = async (before) => {
      group.calls.push(`olderMessages ${before}`);
      return before === 'm0' ? page : [];
    };
  };
  const log = (element: JamzMessages): HTMLElement => {
    const [found] = all(element, '.log');
    if (!found) throw new Error('there is no log');
    return found;
  };
  const toStart = async (element: JamzMessages): Promise<void> => {
    log(element).scrollTop = 0;
    log(element).dispatchEvent(new Event('scroll'));
    await nextFrame();
    await element.updateComplete;
  };
  const bubbles = (element: JamzMessages): string[] =>
    all(element, '.bubble').map(({ textContent }) => textContent ?? '');

  it('comes as the person reads back, and what they read stays in its place', async () => {
    long();
    group.answerOlderMessages = Array.from({ length: 50 }, (_, index) =>
      message(`o${index}`, 'ana', `Older ${index}`),
    );
    const element = await messages();
    expect(group.calls).to.deep.equal([]);
    const answer = Promise.withResolvers<readonly Message[]>();
    const { olderMessages } = group;
    group.olderMessages = async (before) => {
      await olderMessages(before);
      return answer.promise;
    };
    await toStart(element);
    expect(group.calls).to.deep.equal(['olderMessages m0']);
    expect(log(element).getAttribute('aria-busy')).to.equal('true');
    const [first] = all(element, '.message');
    const wasPx = first?.getBoundingClientRect().top ?? 0;
    answer.resolve(group.answerOlderMessages);
    await aTimeout(0);
    await element.updateComplete;
    expect(bubbles(element).slice(49, 51)).to.deep.equal(['Older 49', 'Line 0']);
    expect(first?.textContent).to.contain('Line 0');
    expect(Math.abs((first?.getBoundingClientRect().top ?? 0) - wasPx)).to.be.lessThan(2);
    expect(log(element).getAttribute('aria-busy')).to.equal('false');
  });

  it('loses none that the group lets go of meanwhile', async () => {
    long();
    older([message('o', 'ana', 'Older')]);
    const element = await messages();
    await toStart(element);
    group.messages$.next([...group.messages$.value.slice(1), message('m200', 'bo', 'Line 200')]);
    await element.updateComplete;
    const lines = bubbles(element);
    expect(lines.slice(0, 3)).to.deep.equal(['Older', 'Line 0', 'Line 1']);
    expect(lines.length).to.equal(202);
  });

  it('ends with the first of all', async () => {
    long();
    const element = await messages();
    await toStart(element);
    expect(all(element, '.older').length).to.equal(0);
    await toStart(element);
    expect(group.calls).to.deep.equal(['olderMessages m0']);
  });

  it('says that it needs the network, and is asked for again', async () => {
    long();
    group.olderMessages = () => Promise.reject(new JamzError('unavailable', 'no'));
    const element = await messages();
    await toStart(element);
    expect(all(element, '.older')[0]?.textContent).to.contain('need the network');
    older([message('o', 'ana', 'Older')]);
    all(element, '.older button')[0]?.click();
    await aTimeout(0);
    await element.updateComplete;
    expect(bubbles(element)[0]).to.equal('Older');
  });

  it('is asked of nobody while the group holds all there is', async () => {
    group.messages$.next(
      Array.from({ length: 60 }, (_, index) => message(`m${index}`, 'bo', `Line ${index}`)),
    );
    const element = await messages();
    await toStart(element);
    expect(group.calls).to.deep.equal([]);
    expect(all(element, '.older').length).to.equal(0);
  });
});
