/** A part that a page's HTML has. @throws {TypeError} where it has not */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new TypeError(`The page has no #${id}.`);
  // Cast: each page knows what its own parts are.
  return element as E;
}
