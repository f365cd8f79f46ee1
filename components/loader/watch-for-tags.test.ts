import { expect, nextFrame } from '@open-wc/testing';
import { watchForTags } from './watch-for-tags.ts';

describe('the loader', () => {
  let page: Document;
  let asked: string[];
  let stop: () => void;
  let answer: () => Promise<unknown>;

  beforeEach(() => {
    page = document.implementation.createHTMLDocument('host');
    asked = [];
    answer = async () => {};
  });
  afterEach(() => stop());

  const watch = (): void => {
    stop = watchForTags(page, ['jamz-probe-player', 'jamz-probe-map'], (tag) => {
      asked.push(tag);
      return answer();
    });
  };

  it('loads what stands on the page already', () => {
    page.body.append(page.createElement('jamz-probe-player'));
    watch();
    expect(asked).to.deep.equal(['jamz-probe-player']);
  });

  it('loads an element that comes later, deep inside what was added', async () => {
    watch();
    const section = page.createElement('section');
    section.append(page.createElement('jamz-probe-map'));
    page.body.append(section);
    await nextFrame();
    expect(asked).to.deep.equal(['jamz-probe-map']);
  });

  it('loads each module once and no unknown tag', async () => {
    watch();
    for (const tag of ['jamz-probe-map', 'jamz-probe-map', 'jamz-other', 'p']) {
      page.body.append(page.createElement(tag));
    }
    await nextFrame();
    expect(asked).to.deep.equal(['jamz-probe-map']);
  });

  it('tries again with the next of its tag when a module did not come', async () => {
    answer = () => Promise.reject(new TypeError('no network'));
    watch();
    page.body.append(page.createElement('jamz-probe-map'));
    await nextFrame();
    page.body.append(page.createElement('jamz-probe-map'));
    await nextFrame();
    expect(asked).to.deep.equal(['jamz-probe-map', 'jamz-probe-map']);
  });
});
