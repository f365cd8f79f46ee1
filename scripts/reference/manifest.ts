import type {
  Attribute,
  ClassMember,
  CustomElementDeclaration,
  Module,
  Package,
} from 'custom-elements-manifest';
import {
  commonProperties,
  type ElementFacts,
  elementFacts,
  type PropertyFacts,
  tokenDefaults,
} from './element-facts.ts';
import { textOf } from './element-source.ts';
import { tokenTexts } from './token-texts.ts';

/**
 * `custom-elements.json`, which editors and the tools of frameworks read.
 *
 * Format: Custom Elements Manifest 2.1, https://github.com/webcomponents/custom-elements-manifest
 */
export function customElementsManifest(): Package {
  return {
    schemaVersion: '2.1.0',
    readme: 'README.md',
    modules: elementFacts().flatMap((element) => [classModule(element), definition(element)]),
  };
}

function classModule(element: ElementFacts): Module {
  const { className } = element;
  return {
    kind: 'javascript-module',
    path: built(element.file),
    declarations: [declarationOf(element)],
    exports: [{ kind: 'js', name: className, declaration: { name: className } }],
  };
}

/** The module that registers the tag. */
function definition({ tag, className, file }: ElementFacts): Module {
  return {
    kind: 'javascript-module',
    path: built(`components/define/${tag}.ts`),
    declarations: [],
    exports: [
      {
        kind: 'custom-element-definition',
        name: tag,
        declaration: { name: className, module: built(file) },
      },
    ],
  };
}

function declarationOf(element: ElementFacts): CustomElementDeclaration {
  const properties = [...commonProperties(), ...element.properties];
  return {
    kind: 'class',
    customElement: true,
    tagName: element.tag,
    name: element.className,
    description: textOf(element.description),
    superclass: { name: 'LitElement', package: 'lit' },
    members: [...properties.map(fieldOf), ...element.methods.map(methodOf)],
    attributes: properties.flatMap(attributesOf),
    events: element.events.map(({ name, detail, text, cancelable }) => ({
      name,
      type: { text: `CustomEvent<${detail || 'Record<never, never>'}>` },
      description: cancelable ? `${text} Cancelable.` : text,
    })),
    slots: named(element.slots).map(({ name, ...rest }) => ({
      name: name === '(default)' ? '' : name,
      ...rest,
    })),
    cssParts: named(element.parts),
    cssProperties: [...tokens(), ...named(element.cssProperties)],
  };
}

function fieldOf({ name, type, text, attribute }: PropertyFacts): ClassMember {
  return {
    kind: 'field',
    name,
    type: { text: `${type.includes('=>') ? `(${type})` : type} | undefined` },
    ...described(text),
    ...(attribute === undefined ? {} : { attribute }),
  };
}

function attributesOf({ name, type, text, attribute }: PropertyFacts): Attribute[] {
  if (attribute === undefined) return [];
  // What only a property takes, as a Group, an attribute does not.
  const inText = type.replace(/ \| [A-Z]\w*/g, '');
  return [{ name: attribute, fieldName: name, type: { text: inText }, ...described(text) }];
}

/** @param named with brackets where it is called */
function methodOf({ name, type, text }: { name: string; type: string; text: string }): ClassMember {
  const [, plain = name, inBrackets] = /^(\w+)\((.*)\)$/.exec(name) ?? [];
  if (inBrackets === undefined) {
    return { kind: 'field', name, type: { text: type }, readonly: true, ...described(text) };
  }
  const parameters = inBrackets
    .split(', ')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const [parameterName = '', parameterType = 'unknown'] = parameter.split(': ');
      return { name: parameterName, type: { text: parameterType } };
    });
  const gives = { type: { text: type.trim() } };
  return { kind: 'method', name: plain, parameters, return: gives, ...described(text) };
}

function tokens(): { name: string; default: string; description: string }[] {
  return tokenDefaults().map(([name, value]) => ({
    name,
    default: value,
    description: tokenTexts[name] ?? '',
  }));
}

function named(texts: ReadonlyMap<string, string>): { name: string; description?: string }[] {
  return [...texts].map(([name, text]) => ({ name, ...described(text) }));
}

function described(text: string): { description?: string } {
  return text === '' ? {} : { description: text };
}

/** Where the build puts a source. */
function built(file: string): string {
  return `dist/${file.replace(/\.ts$/, '.js')}`;
}
