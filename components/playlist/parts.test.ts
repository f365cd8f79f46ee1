import { expect } from '@open-wc/testing';
import { entry } from '../shared/testing/fake-group.ts';
import { addressedTrack } from './add-form.ts';
import { afterOf, afterOfMove, roomFor } from './order.ts';
import { longTime, totalMs } from './totals.ts';
import { rowWindow, scrollToRow } from './window.ts';

describe('row window', () => {
  it('renders what is in view and some rows around it, however long the list is', () => {
    const { first, end } = rowWindow(280_000, 560, 56, 10_000);
    expect(first).to.be.within(4_990, 5_000);
    expect(end).to.be.within(5_010, 5_030);
  });

  it('stays within the list at both ends', () => {
    expect(rowWindow(0, 560, 56, 3)).to.deep.equal({ first: 0, end: 3 });
    const { first, end } = rowWindow(560_000, 560, 56, 10_000);
    expect(end).to.equal(10_000);
    expect(first).to.be.below(10_000);
  });

  it('does not change with every pixel', () => {
    expect(rowWindow(1_000, 560, 56, 500)).to.deep.equal(rowWindow(1_003, 560, 56, 500));
  });

  it('always covers the view', () => {
    for (let top = 0; top < 5_000; top += 7) {
      const { first, end } = rowWindow(top, 300, 50, 1_000);
      expect(first * 50).to.be.at.most(top);
      expect(end * 50).to.be.at.least(top + 300);
    }
  });

  it('scrolls no further than it takes to show a row', () => {
    expect(scrollToRow(3, 0, 200, 50)).to.equal(undefined);
    expect(scrollToRow(4, 0, 200, 50)).to.equal(50);
    expect(scrollToRow(1, 100, 200, 50)).to.equal(50);
  });
});

describe('order', () => {
  const items = ['a', 'b', 'c', 'd'].map((itemId) => ({ itemId }));

  for (const [from, to, after] of [
    [2, 0, null],
    [0, 3, 'd'],
    [0, 1, 'b'],
    [3, 1, 'a'],
    [1, 2, 'c'],
  ] as const) {
    it(`puts ${items[from]?.itemId} at place ${to} behind ${after}`, () => {
      expect(afterOfMove(items, from, to)).to.equal(after);
    });
  }

  it('knows behind which item one stands', () => {
    expect(afterOf(items, 0)).to.equal(null);
    expect(afterOf(items, 2)).to.equal('b');
  });

  it('makes room between the old place and the new one', () => {
    expect([0, 1, 2, 3].map((index) => roomFor(index, 0, 2))).to.deep.equal([0, -1, -1, 0]);
    expect([0, 1, 2, 3].map((index) => roomFor(index, 3, 1))).to.deep.equal([0, 1, 1, 0]);
  });
});

describe('totals', () => {
  it('adds what is known', () => {
    const unknown: { durationMs?: number } = {};
    expect(totalMs([entry('a'), unknown, entry('b', { durationMs: 30_000 })])).to.equal(210_000);
  });

  it('writes hours and minutes', () => {
    expect(longTime(1_000, 'en')).to.equal('1 min');
    expect(longTime(4_320_000, 'en')).to.equal('1 hr 12 min');
    expect(longTime(7_200_000, 'en')).to.equal('2 hr');
    expect(longTime(1_800_060_000, 'en')).to.equal('500 hr');
  });
});

describe('address of a track', () => {
  const typed = (address: string, title = ''): ReturnType<typeof addressedTrack> => {
    const form = new FormData();
    form.set('address', address);
    form.set('title', title);
    return addressedTrack(form);
  };

  it('takes the title from the file name where none is given', () => {
    expect(typed('https://x.example/a/road%20song_live.mp3')).to.deep.equal({
      url: 'https://x.example/a/road%20song_live.mp3',
      title: 'road song live',
    });
    expect(typed('https://x.example/')?.title).to.equal('x.example');
    expect(typed('https://x.example/a.mp3', 'Mine')?.title).to.equal('Mine');
  });

  it('refuses what is no web address', () => {
    for (const wrong of ['', 'song.mp3', 'javascript:alert(1)', 'file:///etc/passwd']) {
      expect(typed(wrong)).to.equal(undefined);
    }
  });

  it('survives a file name that is not well encoded', () => {
    expect(typed('https://x.example/%E0%A4%A.mp3')?.title).to.equal('%E0%A4%A');
  });
});
