/** What the workbench reads of `custom-elements.json`. */
export interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declared[] }[];
}

export interface Declared {
  readonly tagName?: string;
  readonly description?: string;
  readonly attributes?: readonly DeclaredAttribute[];
  readonly events?: readonly { readonly name: string }[];
  readonly cssProperties?: readonly DeclaredToken[];
}

export interface DeclaredToken {
  readonly name: string;
  readonly description?: string;
  readonly default?: string;
}

interface DeclaredAttribute {
  readonly name: string;
  readonly type?: { readonly text: string };
  readonly description?: string;
}

/** One thing to turn. */
export type Knob = {
  readonly name: string;
  readonly hint: string;
} & (
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'flag' | 'text' | 'number' }
);

/** Said once for the page, around the element. */
const ofTheGroup: ReadonlySet<string> = new Set(['server', 'site', 'namespace', 'group']);

/** The elements that can stand on a page by themselves, by tag. */
export function elementsIn({ modules }: Manifest): ReadonlyMap<string, Declared> {
  const all = modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName !== undefined && tagName !== 'jamz-group');
  return new Map(all.map((declared) => [declared.tagName ?? '', declared]));
}

/** The attributes that can be turned, as their types say. */
export function knobsOf({ attributes = [] }: Declared): readonly Knob[] {
  return attributes
    .filter(({ name }) => !ofTheGroup.has(name))
    .map(({ name, type, description: hint = '' }): Knob => {
      const text = type?.text ?? 'string';
      const values = [...text.matchAll(/'([^']+)'/gu)].map(([, value = '']) => value);
      if (values.length > 0) return { name, hint, kind: 'choice', values };
      if (text.includes('boolean')) return { name, hint, kind: 'flag' };
      return { name, hint, kind: text.includes('number') ? 'number' : 'text' };
    });
}
