import type { ZoneId } from './zones.ts';

/** Lets a card be taken by its head and put down in another zone. Escape, or a second finger, takes it back. */
export function dragCard(event: PointerEvent, drop: (zone: ZoneId) => void): void {
  const handle = event.currentTarget;
  if (!(handle instanceof HTMLElement) || event.button !== 0 || !event.isPrimary) return;
  const card = handle.closest<HTMLElement>('.sim-phone');
  if (!card) return;
  const start = { x: event.clientX, y: event.clientY };
  let over: HTMLElement | null = null;
  handle.setPointerCapture(event.pointerId);

  const mark = (zone: HTMLElement | null): void => {
    if (over === zone) return;
    over?.removeAttribute('data-over');
    over = zone;
    over?.setAttribute('data-over', '');
  };
  const move = (moved: PointerEvent): void => {
    const by = { x: moved.clientX - start.x, y: moved.clientY - start.y };
    if (!card.hasAttribute('data-dragged') && Math.hypot(by.x, by.y) < 6) return;
    card.setAttribute('data-dragged', '');
    card.style.translate = `${by.x}px ${by.y}px`;
    mark(zoneAt(moved));
  };
  const end = (last: Event): void => {
    handle.removeEventListener('pointermove', move);
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
      handle.removeEventListener(name, end);
    }
    document.removeEventListener('keydown', cancel);
    const zone = over?.dataset['zone'];
    const moved = card.hasAttribute('data-dragged');
    mark(null);
    card.removeAttribute('data-dragged');
    card.style.translate = '';
    if (moved && last.type === 'pointerup' && zone !== undefined) drop(zone as ZoneId);
  };
  const cancel = (pressed: KeyboardEvent): void => {
    if (pressed.key === 'Escape') end(pressed);
  };
  handle.addEventListener('pointermove', move);
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    handle.addEventListener(name, end);
  }
  document.addEventListener('keydown', cancel);
}

function zoneAt({ clientX, clientY }: PointerEvent): HTMLElement | null {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const zone = element.closest<HTMLElement>('.sim-zone');
    if (zone) return zone;
  }
  return null;
}
