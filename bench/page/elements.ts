import '../../components/define/jamz-player.ts';
import '../../components/define/jamz-playlist.ts';
import { entry, FakeGroup, silence } from '../../components/shared/testing/fake-group.ts';
import { FakeJamz } from '../../components/shared/testing/fake-jamz.ts';
import { bareList } from './bare-list.ts';
import { frame, updated } from './frames.ts';

/** What the bench asks of elements whose SDK costs nothing, so that only they are measured. All figures in ms. */
export interface ElementsBench {
  /** A player that is told of another track: until it has rendered, and until the browser has laid it out. */
  rerender(times: number): Promise<Rerenders>;
  /** A list that moves by `pixels` before each frame: from each frame to the next. */
  scroll(items: number, frames: number, pixels: number): Promise<number[]>;
  /** The floor: rows of the same look in a bare list, as many of them, moved the same way. */
  scrollBare(items: number, frames: number, pixels: number): Promise<number[]>;
}

export interface Rerenders {
  readonly renderedMs: number[];
  readonly laidOutMs: number[];
}

const bench: ElementsBench = {
  async rerender(times) {
    const { group, element } = await shown('jamz-player');
    const items = [entry('1'), entry('2', { title: 'A longer title than the first one’s' })];
    const took: Rerenders = { renderedMs: [], laidOutMs: [] };
    for (let time = 0; time < times; time += 1) {
      await frame();
      const item = items[time % 2] ?? null;
      const startMs = performance.now();
      group.nowPlaying$.next({
        ...silence,
        item,
        playing: time % 4 < 2,
        positionMs: time * 1_000,
        durationMs: 240_000,
      });
      await updated(element);
      took.renderedMs.push(performance.now() - startMs);
      // Forces style and layout, which the browser would do before it paints.
      element.getBoundingClientRect();
      took.laidOutMs.push(performance.now() - startMs);
    }
    return took;
  },

  async scroll(items, frames, pixels) {
    const { group, element } = await shown('jamz-playlist');
    element.style.blockSize = '600px';
    group.playlist$.next(Array.from({ length: items }, (_, nth) => entry(`${nth}`)));
    await updated(element);
    return moved(scrollerIn(element), frames, pixels);
  },

  async scrollBare(items, frames, pixels) {
    const { group, element } = await shown('jamz-playlist');
    element.style.blockSize = '600px';
    group.playlist$.next(Array.from({ length: items }, (_, nth) => entry(`${nth}`)));
    await updated(element);
    await frame();
    return moved(bareList(element, items), frames, pixels);
  },
};

/** Moves a list before each frame. */
async function moved(list: Element, frames: number, pixels: number): Promise<number[]> {
  const atMs: number[] = [];
  let topPx = 0;
  await new Promise<void>((done) => {
    const next = (nowMs: number): void => {
      atMs.push(nowMs);
      topPx += pixels;
      list.scrollTop = topPx;
      if (atMs.length > frames) done();
      else requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  if (list.scrollTop < pixels * (frames - 1)) throw new Error('The list did not move.');
  return atMs.slice(1).map((nowMs, nth) => nowMs - (atMs[nth] ?? nowMs));
}

Object.assign(globalThis, { bench });

async function shown(tag: string): Promise<{ group: FakeGroup; element: HTMLElement }> {
  const group = new FakeGroup(new FakeJamz());
  const element = document.createElement(tag);
  Object.assign(element, { group });
  document.body.replaceChildren(element);
  await updated(element);
  await frame();
  return { group, element };
}

function scrollerIn({ shadowRoot }: HTMLElement): Element {
  const found = [...(shadowRoot?.querySelectorAll('*') ?? [])].find(
    (part) => getComputedStyle(part).overflowY === 'auto',
  );
  if (!found) throw new Error('Nothing scrolls in the list.');
  return found;
}
