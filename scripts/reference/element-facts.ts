import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PropertyDeclaration } from 'lit';
import * as classes from '../../components/index.ts';
import { JamzElement } from '../../components/shared/jamz-element.ts';
import { type Field, fieldsIn, readElementSource } from './element-source.ts';
import { type EventDetail, eventDetails } from './event-details.ts';
import { partTexts } from './part-texts.ts';

/** What a page can use of one element: the reference, the manifest and the typings are made from it. */
export interface ElementFacts {
  readonly tag: string;
  readonly className: string;
  /** Of the class, in the repository. */
  readonly file: string;
  readonly description: string;
  /** Its own, without those of every element. */
  readonly properties: readonly PropertyFacts[];
  /** Methods with their brackets, getters without. */
  readonly methods: readonly Field[];
  readonly events: readonly EventDetail[];
  /** By name, the default slot as `(default)`. */
  readonly slots: ReadonlyMap<string, string>;
  readonly parts: ReadonlyMap<string, string>;
  /** Its own, without the tokens of every element. */
  readonly cssProperties: ReadonlyMap<string, string>;
}

/** A property, with the attribute that sets it where there is one. */
export interface PropertyFacts extends Field {
  readonly attribute: string | undefined;
}

const components = resolve(import.meta.dirname, '../../components');
const commonFields = fieldsIn(readFileSync(`${components}/shared/jamz-element.ts`, 'utf8'));

/**
 * Every element, in the order of their tags, from its class, its templates and what is said above them.
 *
 * @throws {Error} when an element fires an event that `components/shared/events.ts` does not have
 */
export function elementFacts(): readonly ElementFacts[] {
  const events = eventDetails();
  return [...tagged()].map(([tag, [className, element]]) => {
    const file = `components/${tag.slice('jamz-'.length)}/${tag}.ts`;
    const source = readElementSource(resolve(components, '..', file));
    const isOwn = ({ name }: Field): boolean => !commonFields.some((field) => field.name === name);
    return {
      tag,
      className,
      file,
      description: source.description,
      properties: propertiesOf(element, source.fields.filter(isOwn)),
      methods: source.methods,
      events: source.events.map((name) => {
        const event = events.get(name);
        if (!event) throw new Error(`${name} is not in components/shared/events.ts`);
        return event;
      }),
      slots: withTexts(source.slots, slotTexts),
      parts: withTexts(source.parts, partTexts),
      cssProperties: withoutTokens(source.cssProperties),
    };
  });
}

/** What every element has. */
export function commonProperties(): readonly PropertyFacts[] {
  return propertiesOf(JamzElement, commonFields);
}

/** The tokens of every element, with what stands for one that is not set. */
export function tokenDefaults(): readonly (readonly [name: string, value: string])[] {
  const source = readFileSync(`${components}/shared/tokens.ts`, 'utf8');
  return [...source.matchAll(/: var\((--jamz-[\w-]+), (.*)\);/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
}

/** What of an element's class says which attributes it has. */
interface ElementClass {
  readonly observedAttributes: readonly string[];
  readonly elementProperties: ReadonlyMap<PropertyKey, PropertyDeclaration>;
}

function tagged(): ReadonlyMap<string, readonly [className: string, element: ElementClass]> {
  const found = new Map<string, readonly [string, ElementClass]>();
  for (const [name, value] of Object.entries(classes)) {
    if (typeof value !== 'function' || !(value.prototype instanceof JamzElement)) continue;
    found.set(name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase(), [name, value]);
  }
  return found;
}

function propertiesOf(element: ElementClass, fields: readonly Field[]): PropertyFacts[] {
  // Asked for, the class puts its properties together.
  const { observedAttributes: _made, elementProperties } = element;
  const reactive = new Map([...elementProperties].map(([key, value]) => [String(key), value]));
  return fields.map((field) => ({
    ...field,
    type: field.type.replace(/ \| undefined$/, ''),
    attribute: attributeOf(field.name, reactive.get(field.name)),
  }));
}

function attributeOf(name: string, declared: PropertyDeclaration | undefined): string | undefined {
  if (!declared || declared.attribute === false || declared.state) return undefined;
  return typeof declared.attribute === 'string' ? declared.attribute : name.toLowerCase();
}

/** Said once for all elements that have them. */
const slotTexts: ReadonlyMap<string, string> = new Map([
  ['error', 'in place of what is said when it cannot be shown'],
  ['signed-out', 'in place of what is said when nobody is signed in'],
  ['empty', 'in place of what is said when there is nothing yet'],
]);

function withTexts(
  texts: ReadonlyMap<string, string>,
  otherwise: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map([...texts].map(([name, text]) => [name, text || (otherwise.get(name) ?? '')]));
}

function withoutTokens(properties: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const tokens = new Set(tokenDefaults().map(([name]) => name));
  return new Map([...properties].filter(([name]) => !tokens.has(name)));
}
