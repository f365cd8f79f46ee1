/**
 * Spoils messages for fuzzing: takes a sound one and breaks it in one to four places, as a hostile or broken peer could.
 * Everything it makes could have come out of `JSON.parse`.
 *
 * @param random 0 ≤ x < 1, seeded by the caller, so that a failure can be had again
 */
export function spoiled(message: unknown, random: () => number): unknown {
  let spoilt = structuredClone(message);
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time += 1) spoilt = spoilOnce(spoilt, random);
  return spoilt;
}

type Container = Record<string, unknown>;

/** Changes one place, any as likely as any other on its way down. */
function spoilOnce(message: unknown, random: () => number): unknown {
  let parent: Container | undefined;
  let parentKey = '';
  let at: unknown = message;
  // Deep places are rarer than shallow ones, but every place is reached.
  while (isContainer(at)) {
    const keys = Object.keys(at);
    if (keys.length === 0 || random() < 0.15) break;
    parent = at;
    parentKey = pick(keys, random);
    at = at[parentKey];
  }
  const way = random();
  if (isContainer(at) && way < 0.5) {
    spoilContainer(at, random);
    return message;
  }
  const value = way < 0.8 ? pick(oddValues, random)() : near(at, random);
  if (parent === undefined) return value;
  parent[parentKey] = value;
  return message;
}

function spoilContainer(container: Container, random: () => number): void {
  if (Array.isArray(container)) {
    const list: unknown[] = container;
    const at = Math.floor(random() * list.length);
    const way = random();
    if (way < 0.3) list.splice(at, 1);
    else if (way < 0.6) list.splice(at, 0, pick(oddValues, random)());
    else if (way < 0.8) list.splice(at, 0, structuredClone(list[at]));
    else list.reverse();
    return;
  }
  const key = pick(Object.keys(container), random);
  const way = random();
  if (way < 0.5) delete container[key];
  else if (way < 0.8) own(container, pick(oddKeys, random), pick(oddValues, random)());
  else {
    own(container, pick(oddKeys, random), container[key]);
    delete container[key];
  }
}

/** As `JSON.parse` does it, for which `__proto__` is a key like any other. */
function own(container: Container, key: string, value: unknown): void {
  Object.defineProperty(container, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

/** Something of the same type, just off: the next number, a longer or shorter text, the other truth. */
function near(value: unknown, random: () => number): unknown {
  if (typeof value === 'number') {
    return pick([value + 1, value - 1, -value, value + 0.5, value * 1e9, value * 2 ** 53], random);
  }
  if (typeof value === 'string') {
    return pick(
      [value.slice(1), `${value} `, value.toUpperCase(), `${value}\u0000`, value.repeat(40)],
      random,
    );
  }
  if (typeof value === 'boolean') return !value;
  return [value];
}

const oddKeys = ['constructor', 'toString', 'length', 'ops', 'own', '', '0', '__proto__', 'kind'];
const oddValues: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => Number.MAX_SAFE_INTEGER + 2,
  () => '',
  () => '0',
  () => '__proto__',
  () => 'constructor',
  () => '\ud800',
  () => '\u0000',
  () => 'x'.repeat(5_000),
  () => [],
  () => ({}),
  () => [[[[[[]]]]]],
  // As JSON.parse makes it: an own key, not the prototype.
  () => JSON.parse('{"__proto__":{"own":true},"length":3}') as unknown,
  () => Array.from({ length: 600 }, (_, at) => at),
  () => ({ toString: 'no function', valueOf: 1 }),
];

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}
