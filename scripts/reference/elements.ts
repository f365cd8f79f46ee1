import {
  commonProperties,
  type ElementFacts,
  elementFacts,
  type PropertyFacts,
  tokenDefaults,
} from './element-facts.ts';
import type { EventDetail } from './event-details.ts';
import { code, section, table } from './markdown.ts';
import { tokenTexts } from './token-texts.ts';

/** `docs/reference/elements.md`. */
export function elementsReference(): string {
  const elements = elementFacts();
  return [
    '# Elements',
    'Made by `node scripts/reference.ts` from the sources; a test keeps it current. How to use it: [embedding](../guides/embed.md), [theming](../guides/theming.md), [frameworks](../guides/frameworks.md).',
    elements.map(({ tag }) => `[\`<${tag}>\`](#${tag})`).join(' · '),
    everyElement(),
    ...elements.map(elementSection),
  ].join('\n\n');
}

function everyElement(): string {
  return [
    '## Every element',
    'These work on each tag. `error` and `signed-out` are slots of every element that can show a notice; the notice is the part `notice`, its button the part `retry`.',
    section('Attributes and properties', propertyTable(commonProperties())),
    section('CSS custom properties', tokenTable()),
  ].join('\n\n');
}

function elementSection(element: ElementFacts): string {
  const { tag, description, properties, methods, events, slots, parts, cssProperties } = element;
  const methodRows = methods.map(({ name, type, text }) => [code(name), code(type), text]);
  return [
    `## ${tag}`,
    description,
    section('Attributes and properties', propertyTable(properties)),
    section('Methods and getters', table(['name', 'gives', ''], methodRows)),
    section('Events', table(['event', 'detail', ''], events.map(eventRow))),
    section('Slots', table(['slot', ''], textRows(slots))),
    section('Parts', table(['part', ''], textRows(parts))),
    section('CSS custom properties of its own', table(['property', ''], textRows(cssProperties))),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function textRows(texts: ReadonlyMap<string, string>): string[][] {
  return [...texts].map(([name, text]) => [code(name), text]);
}

function propertyTable(properties: readonly PropertyFacts[]): string {
  const rows = properties.map(({ attribute = '', name, type, text }) => [
    code(attribute),
    code(name),
    code(type),
    text,
  ]);
  return table(['attribute', 'property', 'type', ''], rows);
}

function eventRow({ name, detail, text, cancelable }: EventDetail): string[] {
  return [code(name), code(detail), cancelable ? `${text} Cancelable.`.trim() : text];
}

/** @throws {Error} when the tokens in the source and their texts here are not the same */
function tokenTable(): string {
  const rows = tokenDefaults().map(([name, value]) => {
    const text = tokenTexts[name];
    if (text === undefined) throw new Error(`Say in token-texts.ts what ${name} is for`);
    return [code(name), code(value), text];
  });
  if (rows.length !== Object.keys(tokenTexts).length) throw new Error('A token is gone');
  return table(['property', 'without it', ''], rows);
}
