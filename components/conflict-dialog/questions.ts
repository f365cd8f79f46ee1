import type { Conflict } from '../../sdk/index.ts';

export type Side = 'mine' | 'theirs';
export type FieldValue = Conflict['mine'];

/** What the person has chosen so far for one question: a side, or a name of their own. */
export type Choice = Side | { readonly own: string };
export type Choices = ReadonlyMap<string, Choice>;

/** Before anything is chosen, what was written here. */
const untouched: Choice = 'mine';

/** The value that a question would end with. */
export function resultOf(conflict: Conflict, choices: Choices): FieldValue {
  const choice = choices.get(conflict.id) ?? untouched;
  if (typeof choice === 'object')
    return choice.own.trim() === '' ? conflict.mine : choice.own.trim();
  return conflict[choice];
}

/** Which side's radio is on; neither while a name of one's own stands. */
export function sideOf(conflict: Conflict, choices: Choices): Side | undefined {
  const choice = choices.get(conflict.id) ?? untouched;
  return typeof choice === 'object' ? undefined : choice;
}

export function chosenForAll(conflicts: readonly Conflict[], side: Side): Choices {
  return new Map(conflicts.map(({ id }) => [id, side]));
}

/** What is open now, and what was answered here and taken back: asked again until it is answered. */
export function openQuestions(
  open: readonly Conflict[],
  takenBack: readonly Conflict[],
): readonly Conflict[] {
  const fields = new Set(open.map(({ id }) => id));
  return [...open, ...takenBack.filter(({ id }) => !fields.has(id))];
}

/**
 * Moves the marks of a text: which characters of `text` are not in `other`, from both ends inwards.
 *
 * @returns what is the same before, what differs, what is the same behind
 */
export function difference(text: string, other: string): readonly [string, string, string] {
  const shorter = Math.min(text.length, other.length);
  let start = 0;
  while (start < shorter && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [
    text.slice(0, start),
    text.slice(start, text.length - end),
    text.slice(text.length - end),
  ];
}
