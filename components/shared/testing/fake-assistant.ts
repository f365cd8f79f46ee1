import { Subject } from 'rxjs';
import type {
  Assistant,
  AssistantAction,
  AssistantEvent,
  AssistantQuestion,
  AssistantSource,
} from '../../../sdk/index.ts';

/** An assistant whose answers a test gives piece by piece. */
export class FakeAssistant implements Assistant {
  /** What was asked, newest last. */
  readonly asked: { readonly text: string; readonly question: AssistantQuestion | undefined }[] =
    [];
  /** What was done with its offers. */
  readonly calls: string[] = [];
  #answer: Subject<AssistantEvent> = new Subject<AssistantEvent>();

  /** Whether somebody waits for more. */
  get heard(): boolean {
    return this.#answer.observed;
  }
  ask(text: string, question?: AssistantQuestion): Subject<AssistantEvent> {
    this.asked.push({ text, question });
    this.#answer = new Subject<AssistantEvent>();
    return this.#answer;
  }
  say(...deltas: readonly string[]): void {
    for (const delta of deltas) this.#answer.next({ kind: 'text', delta });
  }
  from(...sources: readonly AssistantSource[]): void {
    for (const source of sources) this.#answer.next({ kind: 'source', source });
  }
  offer(id: string, summary: string, more: Partial<AssistantAction> = {}): void {
    const note = (what: string) => async (): Promise<void> => {
      this.calls.push(`${what} ${id}`);
    };
    const decline = (): void => {
      this.calls.push(`decline ${id}`);
    };
    const action = { id, summary, confirm: note('confirm'), undo: note('undo'), decline, ...more };
    this.#answer.next({ kind: 'action', action });
  }
  end(): void {
    this.#answer.complete();
  }
  fail(error: Error): void {
    this.#answer.error(error);
  }
}
