import { type ElementPart, noChange } from 'lit';
import {
  Directive,
  type DirectiveResult,
  directive,
  type PartInfo,
  PartType,
} from 'lit/directive.js';

/**
 * Sets CSS properties of the element it stands in: `<li ${setStyle({ translate: '0 8px' })}>`.
 *
 * Lit's own `styleMap` writes a `style` attribute at the first render, which a page with
 * a strict Content-Security-Policy blocks; this one only ever uses the CSS object model.
 */
export const setStyle: (properties: StyleProperties) => DirectiveResult = directive(
  class extends Directive {
    #before: StyleProperties = {};

    constructor(part: PartInfo) {
      super(part);
      if (part.type !== PartType.ELEMENT) throw new TypeError('setStyle stands in a tag');
    }

    override render(_properties: StyleProperties): typeof noChange {
      return noChange;
    }

    override update({ element }: ElementPart, [properties]: [StyleProperties]): typeof noChange {
      if (!(element instanceof HTMLElement)) return noChange;
      for (const [name, value] of Object.entries(properties)) {
        if (this.#before[name] !== value) element.style.setProperty(name, value);
      }
      for (const name of Object.keys(this.#before)) {
        if (!(name in properties)) element.style.removeProperty(name);
      }
      this.#before = properties;
      return noChange;
    }
  },
);

/** By their CSS names, as `inline-size` or `--_played`. */
export type StyleProperties = Readonly<Record<string, string>>;
