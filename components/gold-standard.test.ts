import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import { BehaviorSubject } from 'rxjs';
import './define.ts';
import { audited } from './shared/testing/audited.ts';
import {
  type ElementState,
  type ElementStates,
  everyElement,
  type Staged,
  type StatedElement,
  stage,
  type World,
} from './states.ts';

/**
 * What a host page can rely on, of every element alike. An element whose content comes a
 * little later, as the map's, is waited for.
 */
const plain: ElementState = { name: 'plain' };
let probes = 0;

for (const states of everyElement) {
  describe(`<${states.tag}>, on any page`, () => {
    const ready = states.states[0] ?? plain;
    let page: HTMLElement;

    beforeEach(() => {
      sessionStorage.clear();
      page = document.createElement('div');
      // Side by side: what is below the window is not seen, and a map that is not seen does not load.
      page.style.cssText =
        'display: grid; grid-template-columns: repeat(4, 1fr); align-items: start';
      document.body.append(page);
    });
    afterEach(() => {
      // A frame that is taken away tells the elements in it nothing.
      for (const { contentDocument } of page.querySelectorAll('iframe')) {
        contentDocument?.body.replaceChildren();
      }
      page.remove();
    });

    const show = async (state: ElementState = ready, theme = 'light'): Promise<Staged> => {
      const staged = stage(states, state);
      staged.element.setAttribute('theme', theme);
      page.append(staged.element);
      await staged.settled();
      return staged;
    };

    it('shows the same whether it is on the page before or after its definition', async () => {
      const after = await show();
      const defined = customElements.get(states.tag);
      if (!defined) throw new Error(`${states.tag} is not defined`);
      probes += 1;
      const tag = `jamz-probe-${probes}`;
      const before = stage({ ...states, tag }, ready);
      page.append(before.element);
      customElements.define(tag, class extends defined {});
      await before.settled();
      await waitUntil(() => shape(before.element) === shape(after.element), 'they differ');
    });

    it('comes back as it was when it is taken off the page and put back', async () => {
      const { element } = await show();
      const was = shape(element);
      element.remove();
      page.append(element);
      await waitUntil(() => shape(element) === was, 'it is another one');
    });

    it('can be cloned, and written as HTML', async () => {
      const staged = await show();
      const clone = staged.element.cloneNode(true) as StatedElement;
      page.append(clone);
      const written = document.createElement('div');
      written.innerHTML = `<${states.tag}></${states.tag}>`;
      page.append(written);
      const [parsed] = written.children as unknown as [StatedElement];
      for (const element of [clone, parsed]) {
        if (states.blockSize) element.style.blockSize = states.blockSize;
        ready.prepare?.(staged.world, element);
        give(element, states, staged.world);
        await waitUntil(() => shape(element) === shape(staged.element), 'the copy differs');
      }
    });

    it('keeps its looks and its life in the document of a frame', async () => {
      const { element, world } = await show();
      const looks = looksOf(element);
      const frame = document.createElement('iframe');
      page.append(frame);
      await nextFrame();
      const inside = frame.contentDocument;
      if (!inside) throw new Error('the frame has no document');
      inside.body.style.font = getComputedStyle(page).font;
      inside.body.append(inside.adoptNode(element));
      await waitUntil(() => observed(world).length > 0, 'it follows nothing');
      await element.updateComplete;
      expect(looksOf(element)).to.deep.equal(looks);
      element.remove();
      expect(observed(world)).to.deep.equal([]);
    });

    it('stands twice on a page, each with what is its own', async () => {
      const one = await show();
      const other = await show();
      one.element.remove();
      await nextFrame();
      expect(observed(one.world)).to.deep.equal([]);
      expect(observed(other.world)).not.to.deep.equal([]);
    });

    it('follows the group around it, where two stand on one page', async () => {
      const alone = await show();
      const [one, other] = [1, 2].map(() => {
        const { world } = stage(states, ready);
        const around = document.createElement('jamz-group') as StatedElement;
        const element = document.createElement(states.tag) as StatedElement;
        if (states.blockSize) element.style.blockSize = states.blockSize;
        ready.prepare?.(world, element);
        around.group = world.group;
        around.append(element);
        page.append(around);
        return { around, element, world };
      });
      if (!one || !other) throw new Error('there are not two');
      for (const { element } of [one, other]) {
        await waitUntil(() => shape(element) === shape(alone.element), 'it shows something else');
      }
      one.around.remove();
      expect(observed(one.world)).to.deep.equal([]);
      expect(observed(other.world)).not.to.deep.equal([]);
    });

    it('leaves keys that are pressed elsewhere to the page', async () => {
      const { world } = await show();
      const calls = [...world.group.calls, ...world.jamz.calls];
      for (const key of [' ', 'k', 'j', 'l', 'm', 'ArrowRight', '?', 'Delete', 'Escape', 'Enter']) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        expect(event.defaultPrevented, key).to.equal(false);
      }
      expect([...world.group.calls, ...world.jamz.calls]).to.deep.equal(calls);
    });

    it('leaves nothing behind: no stream followed, no listener, no timer', async () => {
      const held = watchGlobals();
      try {
        for (const state of states.states) {
          const staged = await show(state);
          staged.element.remove();
          await nextFrame();
          expect(observed(staged.world), state.name).to.deep.equal([]);
        }
        expect(held.listeners(), 'listeners').to.deep.equal([]);
        expect(held.intervals(), 'intervals').to.equal(0);
      } finally {
        held.restore();
      }
    });

    it('says nothing in the console and defines nothing on the page', async () => {
      const heard = listenToConsole();
      const styles = document.head.children.length;
      try {
        for (const state of states.states) {
          const staged = await show(state);
          staged.element.remove();
        }
        expect(heard.lines).to.deep.equal([]);
        expect(document.head.children.length).to.equal(styles);
        const keys = [...Object.keys(sessionStorage), ...Object.keys(localStorage)];
        expect(keys.filter((key) => !key.startsWith('jamz'))).to.deep.equal([]);
      } finally {
        heard.restore();
      }
    });

    for (const [index, state] of states.states.entries()) {
      // Every state once, the themes in turn: each pair of element and theme is seen many times.
      const theme = index % 2 === 0 ? 'light' : 'dark';
      it(`passes its accessibility audit and is not cut off: ${state.name}, ${theme}`, async () => {
        // As narrow as pages have to work at (WCAG 2.2, 1.4.10).
        page.style.gridTemplateColumns = '320px';
        const { element } = await show(state, theme);
        await nextFrame();
        await audited(element);
        const { scrollWidth = 0, clientWidth = 0 } =
          element.renderRoot.querySelector('.frame') ?? {};
        expect(scrollWidth, 'it is cut off').to.be.at.most(clientWidth + 1);
      });
    }
  });
}

function give(element: StatedElement, { of }: ElementStates, { jamz, group }: World): void {
  if (of === 'group') element.group = group;
  else element.client = jamz;
}

/** What an element shows, without what moves by itself. */
function shape(element: StatedElement): string {
  const root = element.renderRoot;
  const text = (root.textContent ?? '').replace(/\s+/gu, ' ').trim();
  return `${root.querySelectorAll('*').length} ${text}`;
}

/** That its own style sheets are at work, not the page's. */
function looksOf(element: StatedElement): Readonly<Record<string, string>> {
  const frame = element.renderRoot.querySelector('.frame');
  const view = element.ownerDocument.defaultView;
  if (!frame || !view) throw new Error('it has no frame');
  const { position, boxSizing, lineHeight } = view.getComputedStyle(frame);
  const button = element.renderRoot.querySelector('button');
  const radius = button ? view.getComputedStyle(button).borderRadius : '';
  return { position, boxSizing, lineHeight, radius };
}

/** The streams of a world that somebody follows. */
function observed({ jamz, group }: World): readonly string[] {
  return [jamz, group, group.listener].flatMap((owner) =>
    Object.entries(owner).flatMap(([name, value]) =>
      value instanceof BehaviorSubject && value.observed ? [name] : [],
    ),
  );
}

/** Counts what is put on the window and the document, and the intervals that run. */
function watchGlobals(): {
  listeners(): readonly string[];
  intervals(): number;
  restore(): void;
} {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { setInterval: set, clearInterval: clear } = window;
  const listening = new Map<string, number>();
  const running = new Set<number>();
  const count = (target: EventTarget, type: string, by: number): void => {
    const global =
      target === window || target === document || target === null || target === undefined;
    if (global) listening.set(type, (listening.get(type) ?? 0) + by);
  };
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    count(this, type, 1);
    const [, options] = rest;
    const signal = typeof options === 'object' ? options?.signal : undefined;
    if (signal) addEventListener.call(signal, 'abort', () => count(this, type, -1));
    return addEventListener.call(this, type, ...rest);
  };
  EventTarget.prototype.removeEventListener = function (type, ...rest) {
    count(this, type, -1);
    return removeEventListener.call(this, type, ...rest);
  };
  window.setInterval = ((...args: Parameters<typeof set>) => {
    const id = set(...args) as unknown as number;
    running.add(id);
    return id;
  }) as typeof set;
  window.clearInterval = ((id: number) => {
    running.delete(id);
    clear(id);
  }) as typeof clear;
  return {
    listeners: () => [...listening].flatMap(([type, left]) => (left > 0 ? [type] : [])),
    intervals: () => running.size,
    restore() {
      EventTarget.prototype.addEventListener = addEventListener;
      EventTarget.prototype.removeEventListener = removeEventListener;
      window.setInterval = set;
      window.clearInterval = clear;
    },
  };
}

function listenToConsole(): { readonly lines: readonly string[]; restore(): void } {
  const lines: string[] = [];
  const kinds = ['log', 'info', 'warn', 'error'] as const;
  // By its name on the window: what a host's own console would say is what is listened to.
  const { console: said } = window;
  const before = kinds.map((kind) => [kind, said[kind]] as const);
  for (const kind of kinds) {
    said[kind] = (...words: unknown[]) => lines.push(`${kind}: ${words.join(' ')}`);
  }
  const failed = (event: ErrorEvent | PromiseRejectionEvent): void => {
    lines.push(`uncaught: ${'reason' in event ? event.reason : event.message}`);
  };
  window.addEventListener('error', failed);
  window.addEventListener('unhandledrejection', failed);
  return {
    lines,
    restore() {
      for (const [kind, write] of before) said[kind] = write;
      window.removeEventListener('error', failed);
      window.removeEventListener('unhandledrejection', failed);
    },
  };
}
