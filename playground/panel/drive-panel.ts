import type { TripCard } from './trip-card.ts';

const tickMs = 500;

/** Start and pause, and the pace, for all cars at once. */
export function connectDrive(panel: HTMLElement, cards: readonly TripCard[]): void {
  const button = panel.querySelector<HTMLButtonElement>('#drive');
  const speeds = panel.querySelector<HTMLElement>('#speeds');
  if (!button || !speeds) throw new TypeError('The drive panel has no button or no speeds.');
  let lastMs = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const show = (driving: boolean): void => {
    button.dataset['driving'] = String(driving);
    const words = button.querySelector('.drive-text');
    if (words) words.textContent = driving ? 'Pause the drive' : 'Start the drive';
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    show(false);
  };
  const tick = (): void => {
    const nowMs = performance.now();
    for (const card of cards) card.advance(nowMs - lastMs);
    lastMs = nowMs;
    if (!cards.some((card) => card.driving)) stop();
  };

  button.addEventListener('click', () => {
    if (timer !== undefined) {
      for (const card of cards) card.pause();
      stop();
      return;
    }
    for (const card of cards) card.setOff();
    lastMs = performance.now();
    timer = setInterval(tick, tickMs);
    show(true);
  });
  speeds.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    for (const card of cards) card.speed = Number(target.value);
  });
}
