import type { LitElement } from 'lit';
import type { Group, Jamz } from '../../../sdk/index.ts';
import type { FakeGroup } from './fake-group.ts';
import { FakeJamz } from './fake-jamz.ts';

/** What every element of a page can be given. */
export interface StatedElement extends LitElement {
  group: string | Group | undefined;
  client: Jamz | undefined;
}

/** What stands behind one element in one state: a whole SDK whose streams are moved by hand. */
export interface World {
  readonly jamz: FakeJamz;
  readonly group: FakeGroup;
}

/** One of the states that an element can be in, and how to bring it there. */
export interface ElementState {
  /** In kebab case, unique in its element. */
  readonly name: string;
  /** Before the element stands on a page. */
  readonly prepare?: (world: World, element: HTMLElement) => void;
  /** Once it has rendered: what a person would do, as pressing a button. */
  readonly act?: (world: World, element: StatedElement) => void | Promise<void>;
  /** Shows something above the page, as a dialog: it needs a page of its own, this many CSS pixels high. */
  readonly overlayPx?: number;
  /** Leaves the element without a group and without a connection. */
  readonly alone?: boolean;
}

/** An element with all its states. */
export interface ElementStates {
  readonly tag: string;
  /** What it shows is the group's, or the connection's alone. */
  readonly of: 'group' | 'client';
  /** A height of its own, where its content gives it none. */
  readonly blockSize?: string;
  readonly states: readonly ElementState[];
}

/** An element in a state, once it stands on a page and `settled` was called. */
export interface Staged {
  readonly element: StatedElement;
  readonly world: World;
  /** Brings the element into its state; call it when the element is on a page. */
  settled(): Promise<void>;
}

/** Makes an element in one of its states, not yet on a page. Its module must be loaded. */
export function stage({ tag, of, blockSize }: ElementStates, state: ElementState): Staged {
  // A site of its own: what one state keeps for this tab does not show in another.
  const jamz = new FakeJamz(`pk_${tag}_${state.name}`);
  const world: World = { jamz, group: jamz.group('crew') };
  const element = document.createElement(tag) as StatedElement;
  if (blockSize) element.style.blockSize = blockSize;
  state.prepare?.(world, element);
  if (!state.alone && of === 'group') element.group = world.group;
  if (!state.alone && of === 'client') element.client = jamz;
  return {
    element,
    world,
    async settled() {
      // The connection is a promise: what it brings renders once more.
      for (let turn = 0; turn < 3; turn++) {
        await element.updateComplete;
        await Promise.resolve();
      }
      await element.updateComplete;
      await state.act?.(world, element);
      await element.updateComplete;
    },
  };
}

/** Presses the first thing that matches inside the element. */
export async function press(element: StatedElement, selector: string): Promise<void> {
  const target = element.renderRoot.querySelector<HTMLElement>(selector);
  if (!target) throw new Error(`<${element.localName}> has no ${selector} in this state`);
  target.click();
  await element.updateComplete;
}

/** Presses what opens a part of the element, and waits for the part's code. */
export async function pressOpen(element: StatedElement, selector: string): Promise<void> {
  await press(element, selector);
  while (element.renderRoot.querySelector('.part-bone')) await later();
  await element.updateComplete;
}

/** Until this is so of what an element renders, or the element is on no page any more. */
export function rendered(element: StatedElement, isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (element.isConnected && !isSo()) return;
      watch.disconnect();
      resolve();
    };
    const watch = new MutationObserver(look);
    const all = { childList: true, subtree: true, attributes: true };
    watch.observe(element.renderRoot, all);
    // Also that it is taken off its page.
    watch.observe(element.ownerDocument, { childList: true, subtree: true });
    look();
  });
}

/** Until an answer that is here already was read. */
export function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Types into the first field that matches inside the element. */
export async function type(element: StatedElement, selector: string, text: string): Promise<void> {
  const field = element.renderRoot.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`<${element.localName}> has no ${selector} in this state`);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await element.updateComplete;
}
