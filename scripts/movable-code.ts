/** Code without a list inside. */
export interface Leaf {
  readonly start: number;
  readonly end: number;
  /** A semicolon may have come behind what stands there. */
  readonly text: string;
}

/** A statement of a module or a member of a class, with what stands between it and the next. */
export interface Piece {
  readonly start: number;
  /** A function may stand anywhere in its list, a class before everything that could need it; the rest keeps its order. */
  readonly kind: 'function' | 'class' | 'rest';
  readonly parts: readonly (Leaf | List)[];
}

/** What stands one after the other, and may be put into another order. */
export interface List {
  pieces: readonly Piece[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly body?: unknown;
  readonly superClass?: Node | null;
  readonly static?: boolean;
  readonly computed?: boolean;
}

/** @returns the module's own list, and with it those of the classes anywhere inside */
export function readLists(
  program: Node,
  code: string,
): { readonly program: List; readonly lists: readonly List[] } {
  const lists: List[] = [];

  const leaf = (start: number, end: number, after = ''): Leaf => ({
    start,
    end,
    text: code.slice(start, end) + after,
  });

  const listOf = (nodes: readonly Node[], end: number): List => {
    const list: List = {
      pieces: nodes.map((node, index) => {
        const kind = kindOf(node);
        const next = nodes[index + 1]?.start ?? end;
        // The last one of a list needs none, as long as it is the last.
        const isOpen = kind === 'rest' && !/;\s*$/.test(code.slice(node.start, next));
        const parts = [...partsOf(node), leaf(node.end, next, isOpen ? ';' : '')];
        return { start: node.start, kind, parts };
      }),
    };
    lists.push(list);
    return list;
  };

  const partsOf = (node: Node): readonly (Leaf | List)[] => {
    const parts: (Leaf | List)[] = [];
    let at = node.start;
    for (const { body, end } of classBodies(node)) {
      const members = nodesIn(body);
      if (members[0] === undefined) continue;
      parts.push(leaf(at, members[0].start), listOf(members, end - 1));
      at = end - 1;
    }
    return [...parts, leaf(at, node.end)];
  };

  return { program: listOf(nodesIn(program.body), program.end), lists };
}

/** As it would be written now. */
export function textOf(list: List): string {
  return leavesOf(list)
    .map(({ text }) => text)
    .join('');
}

export function leavesOf({ pieces }: List): readonly Leaf[] {
  return pieces.flatMap(({ parts }) =>
    parts.flatMap((part) => ('text' in part ? [part] : leavesOf(part))),
  );
}

/** The outermost ones: what is inside of them is found from there. */
function classBodies(node: Node): readonly Node[] {
  if (node.type === 'ClassBody') return [node];
  return Object.values(node)
    .flatMap(nodesIn)
    .flatMap(classBodies)
    .sort((one, other) => one.start - other.start);
}

function kindOf(node: Node): Piece['kind'] {
  if (node.type === 'FunctionDeclaration') return 'function';
  if (node.type === 'MethodDefinition' && !node.computed) return 'function';
  return isFree(node) ? 'class' : 'rest';
}

/** A class that says nothing that is worked out where it stands. */
function isFree(node: Node): boolean {
  if (node.type !== 'ClassDeclaration' || node.superClass) return false;
  const members = nodesIn((node.body as Node).body);
  return members.every(
    ({ type, computed, static: isStatic }) =>
      !computed && (type === 'MethodDefinition' || (type === 'PropertyDefinition' && !isStatic)),
  );
}

function nodesIn(value: unknown): readonly Node[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter(
    (one): one is Node =>
      typeof one === 'object' && one !== null && 'type' in one && 'start' in one,
  );
}
