/** The parts of JSON Schema that the routes use. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly items?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
}

/** A JSON Schema as TypeScript writes it, which is shorter to read. Lengths and patterns are left out. */
export function typeOf(value: unknown, indent = ''): string {
  const schema = asSchema(value);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ');
  if (schema.properties) return objectType(schema, indent);
  if (schema.prefixItems) {
    return `[${schema.prefixItems.map((one) => typeOf(one, indent)).join(', ')}]`;
  }
  if (schema.type === 'array') {
    const item = typeOf(schema.items, indent);
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  return schema.type === 'integer' ? 'number' : (schema.type ?? 'unknown');
}

function objectType({ properties = {}, required = [] }: Schema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, type]) =>
      `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeOf(type, inner)};`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? value : {};
}
