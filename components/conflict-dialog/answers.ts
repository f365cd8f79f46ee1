import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Conflict, Jamz, Profile } from '../../sdk/index.ts';
import { type Choices, type FieldValue, resultOf } from './questions.ts';

const undoMs = 8_000;

interface Given {
  readonly conflict: Conflict;
  /** What stood before the answer. */
  readonly before: FieldValue;
}

/** Answers that were just given, and the way back from them. */
export class Answers implements ReactiveController {
  /** Answered here and taken back: the SDK has no question of it any more, the person still has. */
  takenBack: readonly Conflict[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #in: (delayMs: number, task: () => void) => () => void;
  #given: readonly Given[] = [];
  #forget: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost,
    inTime: (delayMs: number, task: () => void) => () => void,
  ) {
    this.#host = host;
    this.#in = inTime;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#close();
    this.takenBack = [];
  }

  /** Whether there is a way back now. */
  get undoable(): boolean {
    return this.#given.length > 0;
  }

  /** At once, as every command: the eight seconds are for the way back, not for the answer. */
  give(conflicts: readonly Conflict[], choices: Choices, jamz: Jamz): void {
    this.#close();
    const profile = jamz.profile$.value;
    this.#given = conflicts.map((conflict) => ({ conflict, before: valueIn(profile, conflict) }));
    for (const conflict of conflicts) answer(conflict, resultOf(conflict, choices));
    const answered = new Set(conflicts.map(({ id }) => id));
    this.takenBack = this.takenBack.filter(({ id }) => !answered.has(id));
    this.#forget = this.#in(undoMs, () => this.#close());
  }

  /** Puts back what stood before and asks again. */
  undo(): void {
    for (const { conflict, before } of this.#given) conflict.keep(before);
    this.takenBack = [...this.takenBack, ...this.#given.map(({ conflict }) => conflict)];
    this.#close();
  }

  /** Somebody else is signed in now. */
  forget(): void {
    this.takenBack = [];
    this.#close();
  }

  #close(): void {
    this.#forget?.();
    this.#forget = undefined;
    if (this.#given.length === 0) return;
    this.#given = [];
    this.#host.requestUpdate();
  }
}

function answer(conflict: Conflict, value: FieldValue): void {
  if (value === conflict.mine) conflict.keepMine();
  else if (value === conflict.theirs) conflict.keepTheirs();
  else conflict.keep(value);
}

function valueIn(profile: Profile | null, { field, mine }: Conflict): FieldValue {
  return profile ? profile[field] : mine;
}
