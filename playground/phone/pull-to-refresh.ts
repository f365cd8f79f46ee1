/** How far a finger must pull before letting go refreshes, in CSS pixels of the strip that shows. */
const enoughPx = 56;
/** A pull grows heavier, so that the panel never follows out of sight. */
const weight = 0.5;

export interface Pull {
  /** How much of the strip shows. */
  readonly shownPx: number;
  readonly state: 'idle' | 'pulling' | 'ready';
}

/** @param draggedPx how far the finger went down since it lay on the panel's top edge */
export function pulled(draggedPx: number): Pull {
  const shownPx = Math.min(Math.max(draggedPx, 0) * weight, enoughPx * 1.5);
  if (shownPx === 0) return { shownPx, state: 'idle' };
  return { shownPx, state: shownPx >= enoughPx ? 'ready' : 'pulling' };
}

/**
 * Lets a finger that pulls a panel down at its top refresh what the panel shows. Only this page does so: an element in a
 * host's page never takes the page's gesture.
 *
 * @param panel scrolls by itself; its first child is the strip that shows
 * @param refresh resolves when it is done, rejects when it could not be
 * @param say told in words how it went, for whoever cannot see the strip
 */
export function pullToRefresh(
  panel: HTMLElement,
  refresh: () => Promise<void>,
  say: (words: string) => void,
): void {
  let startY: number | undefined;
  let busy = false;
  let pull: Pull = pulled(0);

  const show = (next: Pull): void => {
    pull = next;
    panel.style.setProperty('--pulled', `${next.shownPx}px`);
    panel.dataset['pull'] = busy ? 'busy' : next.state;
  };
  const finish = async (): Promise<void> => {
    busy = true;
    show({ shownPx: enoughPx, state: 'idle' });
    try {
      await refresh();
      say('Up to date.');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    } finally {
      busy = false;
      show(pulled(0));
    }
  };

  panel.addEventListener(
    'touchstart',
    ({ touches }) => {
      const [finger] = touches;
      startY = !busy && touches.length === 1 && panel.scrollTop <= 0 ? finger?.clientY : undefined;
    },
    { passive: true },
  );
  panel.addEventListener(
    'touchmove',
    (event) => {
      const [finger] = event.touches;
      if (startY === undefined || !finger) return;
      const next = pulled(finger.clientY - startY);
      if (next.state === 'idle' && pull.state === 'idle') return;
      // From here on the finger moves the strip, not the list.
      if (event.cancelable) event.preventDefault();
      show(next);
    },
    { passive: false },
  );
  const end = (event: TouchEvent): void => {
    if (startY === undefined) return;
    startY = undefined;
    if (event.type === 'touchend' && pull.state === 'ready') void finish();
    else show(pulled(0));
  };
  panel.addEventListener('touchend', end);
  panel.addEventListener('touchcancel', end);
}
