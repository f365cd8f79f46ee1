import type { Phone } from '../phone/phone.ts';

/** The fold-out with a look inside each phone. Folded in, nothing is watched, and no fault is left on. */
export function connectInspector(panel: HTMLDetailsElement, phones: readonly Phone[]): void {
  const place = panel.querySelector('.inspectors');
  if (!place) throw new TypeError('The inspector panel has no place for them.');
  panel.addEventListener('toggle', () => {
    place.replaceChildren(...(panel.open ? phones.map(inspectorOf) : []));
  });
}

function inspectorOf({ name, replica }: Phone): HTMLElement {
  const around = document.createElement('section');
  around.setAttribute('aria-label', `Inside ${name}’s phone`);
  const heading = document.createElement('h3');
  heading.textContent = name;
  const inspector = document.createElement('jamz-sync-inspector');
  Object.assign(inspector, { client: replica.jamz });
  around.append(heading, inspector);
  return around;
}
