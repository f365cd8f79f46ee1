import { Observable } from 'rxjs';
import type {
  Assistant,
  AssistantAction,
  AssistantEvent,
  AssistantQuestion,
  AssistantSource,
} from '../assistant/assistant.ts';
import { JamzError } from '../protocol/errors.ts';

/** One thing of a script, in the order in which it comes. */
export type ScriptedStep =
  /** Comes in pieces, a word each. */
  | { readonly text: string }
  | { readonly source: AssistantSource }
  | {
      readonly action: Omit<AssistantAction, 'confirm' | 'decline' | 'undo'>;
      readonly undo?: boolean;
    }
  /** The answer ends here, with this failure. */
  | { readonly fail: JamzError['code']; readonly message: string };

export interface ScriptedAssistantOptions {
  /** What is said to a question. */
  readonly answer: (text: string, question: AssistantQuestion) => readonly ScriptedStep[];
  /** Runs a task later; the returned function forgets it. */
  readonly in: (delayMs: number, task: () => void) => () => void;
  /** Between two pieces. */
  readonly pieceMs?: number;
  /** Told what was confirmed, declined or undone, by the action's id. */
  readonly onAction?: (what: 'confirm' | 'decline' | 'undo', id: string) => void;
}

/**
 * An assistant that says what a script says, over the stream that a real one has: for a host's own tests and for
 * pages that show the elements without a backend.
 *
 * @example
 * const assistant = scriptedAssistant({
 *   answer: () => [{ text: 'Try **Road Song**.' }],
 *   in: (delayMs, task) => {
 *     const timer = setTimeout(task, delayMs);
 *     return () => clearTimeout(timer);
 *   },
 * });
 */
export function scriptedAssistant(options: ScriptedAssistantOptions): Assistant {
  const { answer, in: later, pieceMs = 40, onAction = () => {} } = options;
  const toEvents = (step: ScriptedStep): readonly (AssistantEvent | JamzError)[] => {
    if ('text' in step) {
      return (step.text.match(/\s*\S+|\s+/gu) ?? []).map((delta) => ({ kind: 'text', delta }));
    }
    if ('source' in step) return [{ kind: 'source', source: step.source }];
    if ('fail' in step) return [new JamzError(step.fail, step.message)];
    const { action, undo } = step;
    const act = (what: 'confirm' | 'undo') => async (): Promise<void> => onAction(what, action.id);
    const decline = (): void => onAction('decline', action.id);
    const way = { confirm: act('confirm'), decline, ...(undo ? { undo: act('undo') } : {}) };
    return [{ kind: 'action', action: { ...action, ...way } }];
  };
  return {
    ask: (text, question = {}) =>
      new Observable((subscriber) => {
        const events = answer(text, question).flatMap(toEvents);
        let forget = (): void => {};
        const next = (at: number): void => {
          const event = events[at];
          if (event === undefined) {
            subscriber.complete();
          } else if (event instanceof JamzError) {
            subscriber.error(event);
          } else {
            subscriber.next(event);
            forget = later(pieceMs, () => next(at + 1));
          }
        };
        forget = later(pieceMs, () => next(0));
        return () => forget();
      }),
  };
}
