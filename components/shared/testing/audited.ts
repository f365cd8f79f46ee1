import { expect } from '@open-wc/testing';

/** Passes when axe finds nothing against an element as people see it: at rest, not while it fades in. */
export async function audited(element: Element): Promise<void> {
  await atRest(element);
  await expect(element).to.be.accessible();
}

/**
 * Resolves when no animation runs any more that has an end: on the element, beneath it, in its shadow
 * tree and in those of the elements within, in the top layer too. What turns for ever is left aside.
 */
export async function atRest(element: Element): Promise<void> {
  for (let running = finite(element); running.length > 0; running = finite(element)) {
    // One that is cancelled has ended as well; what follows it is looked for in the next round.
    await Promise.allSettled(running.map(({ finished }) => finished));
  }
}

function finite(element: Element): readonly Animation[] {
  const all = [element, ...shadowsIn(element)].flatMap((root) =>
    // A shadow root has no `subtree`: it tells of everything in it anyway.
    root instanceof ShadowRoot ? root.getAnimations() : root.getAnimations({ subtree: true }),
  );
  return all.filter(({ playState, effect }) => {
    return playState === 'running' && effect?.getComputedTiming().endTime !== Infinity;
  });
}

function shadowsIn(element: Element): readonly ShadowRoot[] {
  const within = (root: ParentNode): readonly ShadowRoot[] =>
    [...root.querySelectorAll('*')].flatMap(shadowsOf);
  const shadowsOf = ({ shadowRoot }: Element): readonly ShadowRoot[] =>
    shadowRoot === null ? [] : [shadowRoot, ...within(shadowRoot)];
  return [...shadowsOf(element), ...within(element)];
}
