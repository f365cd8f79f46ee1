import type { Package } from 'custom-elements-manifest';

/**
 * `components/frameworks/elements.ts`: the manifest as types, which the typings of React, Vue and Svelte and of
 * `document.createElement` are made of.
 */
export function elementTypings({ modules }: Package): string {
  const elements = modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter((declaration) => 'customElement' in declaration);
  const each = (line: (of: Facts) => string): string =>
    elements
      .map(({ tagName = '', name, members = [], attributes = [], events = [] }) => {
        const fields = members.filter((member) => member.kind === 'field' && !member.readonly);
        return line({
          tag: tagName,
          className: name,
          properties: fields.map((field) => field.name),
          attributes: attributes
            .map((attribute) => [attribute.name, attribute.fieldName ?? attribute.name])
            .filter(([attribute, property]) => attribute !== property?.toLowerCase()),
          events: events.map((event) => event.name),
        });
      })
      .join('\n');

  return `// Made by \`node scripts/reference.ts\` from the elements, as custom-elements.json is; a test keeps it current.
import type { ${elements.map(({ name }) => name).join(', ')} } from '../index.ts';

/** The elements by their tags. */
export interface JamzTags {
${each(({ tag, className }) => `'${tag}': ${className};`)}
}

/** What can be set on each tag, by the property's name. */
export interface JamzProperties {
${each(({ tag, properties }) => `'${tag}': ${oneOf(properties)};`)}
}

/** Attributes that are called otherwise than their property. */
export interface JamzAttributes {
${each(({ tag, className, attributes }) => `'${tag}': ${inBraces(className, attributes)};`)}
}

/** What each tag fires. */
export interface JamzEvents {
${each(({ tag, events }) => `'${tag}': ${oneOf(events)};`)}
}

declare global {
  interface HTMLElementTagNameMap extends JamzTags {}
}
`;
}

interface Facts {
  readonly tag: string;
  readonly className: string;
  readonly properties: readonly string[];
  readonly attributes: readonly (readonly string[])[];
  readonly events: readonly string[];
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | ');
}

function inBraces(className: string, attributes: Facts['attributes']): string {
  const members = attributes.map(
    ([attribute, property]) => `'${attribute}'?: ${className}['${property}'] | undefined`,
  );
  return members.length === 0 ? 'Record<never, never>' : `{ ${members.join('; ')} }`;
}
