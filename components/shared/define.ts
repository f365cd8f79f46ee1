/** Defines a tag unless the page already has it: a second copy of the script changes nothing. */
export function define(tag: `jamz-${string}`, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined' || customElements.get(tag)) return;
  customElements.define(tag, element);
}
