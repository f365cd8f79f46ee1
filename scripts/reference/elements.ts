import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PropertyDeclaration } from 'lit';
import * as elements from '../../components/index.ts';
import { JamzElement } from '../../components/shared/jamz-element.ts';
import { type ElementSource, type Field, fieldsIn, readElementSource } from './element-source.ts';
import { type EventDetail, eventDetails } from './event-details.ts';
import { code, section, table } from './markdown.ts';
import { partTexts } from './part-texts.ts';

const components = resolve(import.meta.dirname, '../../components');

/** `docs/reference/elements.md`: each tag from its class, its templates and what is said above them. */
export function elementsReference(): string {
  const events = eventDetails();
  const read = [...tagged()].map(([tag, element]) => ({
    tag,
    element,
    source: readElementSource(`${components}/${tag.slice('jamz-'.length)}/${tag}.ts`),
  }));
  return [
    '# Elements',
    'Made by `node scripts/reference.ts` from the sources; a test keeps it current. How to use it: [embedding](../guides/embed.md), [theming](../guides/theming.md).',
    read.map(({ tag }) => `[\`<${tag}>\`](#${tag})`).join(' · '),
    everyElement(),
    ...read.map(({ tag, element, source }) => elementSection(tag, element, source, events)),
  ].join('\n\n');
}

/** What of an element's class says which attributes it has. */
interface ElementClass {
  readonly observedAttributes: readonly string[];
  readonly elementProperties: ReadonlyMap<PropertyKey, PropertyDeclaration>;
}

function tagged(): ReadonlyMap<string, ElementClass> {
  const found = new Map<string, ElementClass>();
  for (const [name, value] of Object.entries(elements)) {
    if (typeof value !== 'function' || !(value.prototype instanceof JamzElement)) continue;
    found.set(name.replace(/(?<=.)[A-Z]/g, '-$&').toLowerCase(), value);
  }
  return found;
}

const commonFields = fieldsIn(readFileSync(`${components}/shared/jamz-element.ts`, 'utf8'));

function everyElement(): string {
  return [
    '## Every element',
    'These work on each tag. `error` and `signed-out` are slots of every element that can show a notice; the notice is the part `notice`, its button the part `retry`.',
    section(
      'Attributes and properties',
      propertyTable(JamzElement, commonFields, () => true),
    ),
    section('CSS custom properties', tokenTable()),
  ].join('\n\n');
}

function elementSection(
  tag: string,
  element: ElementClass,
  source: ElementSource,
  events: ReadonlyMap<string, EventDetail>,
): string {
  const isOwn = (name: string): boolean => !commonFields.some((field) => field.name === name);
  const fired = source.events.map((name) => eventRow(name, events));
  return [
    `## ${tag}`,
    source.description,
    section('Attributes and properties', propertyTable(element, source.fields, isOwn)),
    section(
      'Methods and getters',
      table(
        ['name', 'gives', ''],
        source.methods.map(({ name, type, text }) => [code(name), code(type), text]),
      ),
    ),
    section('Events', table(['event', 'detail', ''], fired)),
    section('Slots', table(['slot', ''], textRows(source.slots, slotTexts))),
    section('Parts', table(['part', ''], textRows(source.parts, partTexts))),
    section(
      'CSS custom properties of its own',
      table(['property', ''], textRows(notTokens(source.cssProperties), new Map())),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Said once for all elements that have them. */
const slotTexts: ReadonlyMap<string, string> = new Map([
  ['error', 'in place of what is said when it cannot be shown'],
  ['signed-out', 'in place of what is said when nobody is signed in'],
  ['empty', 'in place of what is said when there is nothing yet'],
]);

function textRows(
  texts: ReadonlyMap<string, string>,
  otherwise: ReadonlyMap<string, string>,
): string[][] {
  return [...texts].map(([name, text]) => [code(name), text || (otherwise.get(name) ?? '')]);
}

function notTokens(properties: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const tokens = new Set(tokenDefaults().map(([name]) => name));
  return new Map([...properties].filter(([name]) => !tokens.has(name)));
}

function propertyTable(
  element: ElementClass,
  fields: readonly Field[],
  wanted: (name: string) => boolean,
): string {
  // Asked for, the class puts its properties together.
  const { observedAttributes: _made, elementProperties } = element;
  const reactive = new Map([...elementProperties].map(([key, value]) => [String(key), value]));
  const rows = fields
    .filter(({ name }) => wanted(name))
    .map(({ name, type, text }) => [
      attributeOf(name, reactive.get(name)),
      code(name),
      code(type.replace(/ \| undefined$/, '')),
      text,
    ]);
  return table(['attribute', 'property', 'type', ''], rows);
}

function attributeOf(name: string, declaration: PropertyDeclaration | undefined): string {
  if (!declaration || declaration.attribute === false || declaration.state) return '';
  return code(
    typeof declaration.attribute === 'string' ? declaration.attribute : name.toLowerCase(),
  );
}

function eventRow(name: string, events: ReadonlyMap<string, EventDetail>): string[] {
  const event = events.get(name);
  if (!event) throw new Error(`${name} is not in components/shared/events.ts`);
  const text = event.cancelable ? `${event.text} Cancelable.`.trim() : event.text;
  return [code(name), event.detail === '' ? '' : code(event.detail), text];
}

const tokenTexts: Readonly<Record<string, string>> = {
  '--jamz-accent': 'buttons, progress, focus',
  '--jamz-on-accent': 'text and icons on the accent',
  '--jamz-danger': 'errors and what cannot be undone',
  '--jamz-surface': 'the ground; every grey is mixed from it and the text',
  '--jamz-text': 'text and icons',
  '--jamz-radius': 'corners of the frame; smaller ones follow',
  '--jamz-space': 'the step of all distances',
  '--jamz-font': 'the font; without it, the page’s',
};

/** @throws {Error} when the tokens in the source and their texts here are not the same */
function tokenTable(): string {
  const rows = tokenDefaults().map(([name, value]) => {
    const text = tokenTexts[name];
    if (text === undefined) throw new Error(`Say in ${import.meta.filename} what ${name} is for`);
    return [code(name), code(value), text];
  });
  if (rows.length !== Object.keys(tokenTexts).length) throw new Error('A token is gone');
  return table(['property', 'without it', ''], rows);
}

function tokenDefaults(): [name: string, value: string][] {
  const source = readFileSync(`${components}/shared/tokens.ts`, 'utf8');
  return [...source.matchAll(/: var\((--jamz-[\w-]+), (.*)\);/g)].map(
    ([, name = '', value = '']) => [name, value],
  );
}
