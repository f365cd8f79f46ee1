/**
 * Reads a value that came from outside: gives back what is kept of it, the value itself where that is all of it.
 *
 * @throws {Misfit}
 */
export type Shape<T> = (input: unknown) => T;

/** What is wrong with a value, for whoever sent it to read. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  /** Where, as `items.0.title`; empty for the whole. */
  path = '';

  within(name: string | number): this {
    this.path = this.path ? `${name}.${this.path}` : `${name}`;
    return this;
  }
}

type OptionalIn<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type ShapesOf<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };

/** An object: fields that must be there, then those that may. What it has besides is left out. */
export function object<T extends object>(
  required: ShapesOf<Omit<T, OptionalIn<T>>>,
  optional?: ShapesOf<Pick<T, OptionalIn<T>>>,
): Shape<T> {
  const names = Object.keys({ ...required, ...optional });
  const shapes = Object.values<Shape<unknown>>({ ...required, ...optional });
  const needed = Object.keys(required).length;

  /** @returns how many fields there are, or -1 where one of them has to be changed and nothing is kept */
  const readAll = (
    given: Readonly<Record<string, unknown>>,
    kept?: Record<string, unknown>,
  ): number => {
    let found = 0;
    let name = '';
    try {
      for (let at = 0; at < names.length; at++) {
        name = names[at] as string;
        const value = given[name];
        if (value === undefined && at >= needed && !(name in given)) continue;
        found++;
        const read = shapes[at]?.(value);
        if (kept) kept[name] = read;
        else if (read !== value) return -1;
      }
    } catch (error) {
      throw error instanceof Misfit ? error.within(name) : error;
    }
    return found;
  };

  return (input) => {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      throw new Misfit('must be an object');
    }
    const given = input as Readonly<Record<string, unknown>>;
    // As a rule nothing has to be left out or changed, and nothing is copied.
    if (readAll(given) === Object.keys(given).length) return input as T;
    const kept: Record<string, unknown> = {};
    readAll(given, kept);
    return kept as T;
  };
}

export function list<T>(item: Shape<T>, least: number, most: number): Shape<readonly T[]> {
  return (input) => {
    if (!Array.isArray(input) || input.length < least || input.length > most) {
      throw new Misfit(`must be a list of ${least} to ${most}`);
    }
    let kept: readonly T[] = input;
    for (let at = 0; at < input.length; at++) {
      try {
        const read = item(input[at]);
        if (read !== input[at]) kept = kept.with(at, read);
      } catch (error) {
        throw error instanceof Misfit ? error.within(at) : error;
      }
    }
    return kept;
  };
}

export function text(least: number, most: number): Shape<string> {
  return (input) => {
    if (typeof input === 'string' && input.length >= least && input.length <= most) return input;
    throw new Misfit(`must be text of ${least} to ${most} characters`);
  };
}

/** As {@link text}, without the white space around it. */
export function trimmed(least: number, most: number): Shape<string> {
  const inner = text(least, most);
  return (input) => inner(typeof input === 'string' ? input.trim() : input);
}

export function matching(pattern: RegExp, expected: string): Shape<string> {
  return (input) => {
    if (typeof input === 'string' && pattern.test(input)) return input;
    throw new Misfit(`must be ${expected}`);
  };
}

export function between(least: number, most: number): Shape<number> {
  return (input) => {
    if (typeof input === 'number' && input >= least && input <= most) return input;
    throw new Misfit(`must be a number from ${least} to ${most}`);
  };
}

export function whole(least: number, most: number): Shape<number> {
  const inner = between(least, most);
  return (input) => {
    if (Number.isInteger(input)) return inner(input);
    throw new Misfit('must be a whole number');
  };
}

export function oneOf<T>(...values: readonly T[]): Shape<T> {
  return (input) => {
    const value = values.find((one) => one === input);
    if (value !== undefined) return value;
    throw new Misfit(`must be one of ${values.join(', ')}`);
  };
}

export const boolean: Shape<boolean> = oneOf(true, false);

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (input) => (input === null ? null : shape(input));
}
