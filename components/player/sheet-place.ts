/** Where a sheet is drawn: inside the player's frame, so that it takes its colours from there, and beside what Lit renders. */
export function sheetPlace(frame: HTMLElement, name: string): HTMLElement {
  const known = frame.querySelector<HTMLElement>(`.${name}`);
  if (known) return known;
  const place = frame.ownerDocument.createElement('div');
  place.className = name;
  frame.append(place);
  return place;
}
