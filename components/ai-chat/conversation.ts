import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type {
  Assistant,
  AssistantAction,
  AssistantEvent,
  AssistantQuestion,
  AssistantSource,
  ErrorCode,
} from '../../sdk/index.ts';
import { codeOf } from '../shared/group-resolver.ts';

/** What has become of something that the assistant offered to do. */
export interface Offer {
  readonly action: AssistantAction;
  readonly state: 'offered' | 'busy' | 'done' | 'undone' | 'declined';
  /** Why the last step failed. */
  readonly problem?: Problem;
}

export interface Problem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** One question and its answer. */
export interface Turn {
  readonly id: number;
  readonly question: string;
  readonly asked: AssistantQuestion;
  readonly state: 'streaming' | 'done' | 'stopped' | 'failed';
  /** Markdown. */
  readonly text: string;
  readonly sources: readonly AssistantSource[];
  readonly offers: readonly Offer[];
  readonly problem?: Problem;
}

/**
 * The talk with one assistant: one answer at a time. It lives as long as its element is on
 * the page; what belongs to one connection or group ends with it.
 */
export class Conversation implements ReactiveController {
  turns: readonly Turn[] = [];
  readonly #host: ReactiveControllerHost;
  readonly #onProblem: (problem: Problem) => void;
  #of: unknown;
  #count = 0;
  #stop: (() => void) | undefined;

  /** @param onProblem told of every failure, once */
  constructor(host: ReactiveControllerHost, onProblem: (problem: Problem) => void) {
    this.#host = host;
    this.#onProblem = onProblem;
    host.addController(this);
  }

  get streaming(): boolean {
    return this.#stop !== undefined;
  }

  /** Forgets what was said with another. */
  with(other: unknown): void {
    if (this.#of === other) return;
    if (this.#of !== undefined) this.clear();
    this.#of = other;
  }

  ask(assistant: Assistant, question: string, asked: AssistantQuestion): void {
    this.stop();
    this.#count += 1;
    const id = this.#count;
    this.turns = [
      ...this.turns,
      { id, question, asked, state: 'streaming', text: '', sources: [], offers: [] },
    ];
    // A stream may end before `subscribe` returns.
    let over = false;
    const end = (change: Partial<Turn>): void => {
      over = true;
      this.#stop = undefined;
      this.#change(id, () => change);
    };
    const subscription = assistant.ask(question, asked).subscribe({
      next: (event) => this.#change(id, (turn) => withEvent(turn, event)),
      complete: () => end({ state: 'done' }),
      error: (error: unknown) => end({ state: 'failed', problem: this.#tell(error) }),
    });
    if (!over) {
      this.#stop = () => {
        subscription.unsubscribe();
        end({ state: 'stopped' });
      };
    }
    this.#host.requestUpdate();
  }

  /** Leaves the answer as far as it came. */
  stop(): void {
    this.#stop?.();
  }

  /** Asks the same again, in the last turn's place. */
  retry(assistant: Assistant): void {
    const last = this.turns.at(-1);
    if (!last) return;
    this.stop();
    this.turns = this.turns.slice(0, -1);
    this.ask(assistant, last.question, last.asked);
  }

  clear(): void {
    this.stop();
    this.turns = [];
    this.#host.requestUpdate();
  }

  confirm(id: number, { action }: Offer): Promise<void> {
    return this.#step(id, action, () => action.confirm(), 'offered', 'done');
  }

  undo(id: number, { action }: Offer): Promise<void> {
    return this.#step(id, action, async () => action.undo?.(), 'done', 'undone');
  }

  decline(id: number, { action }: Offer): void {
    action.decline();
    this.#offer(id, action, { state: 'declined' });
  }

  hostDisconnected(): void {
    this.stop();
  }

  async #step(
    id: number,
    action: AssistantAction,
    take: () => Promise<void>,
    before: Offer['state'],
    after: Offer['state'],
  ): Promise<void> {
    this.#offer(id, action, { state: 'busy' });
    try {
      await take();
      this.#offer(id, action, { state: after });
    } catch (error) {
      this.#offer(id, action, { state: before, problem: this.#tell(error) });
    }
  }

  #tell(error: unknown): Problem {
    const message = error instanceof Error ? error.message : String(error);
    const problem = { code: codeOf(error), message };
    this.#onProblem(problem);
    return problem;
  }

  #offer(id: number, action: AssistantAction, now: Omit<Offer, 'action'>): void {
    this.#change(id, ({ offers }) => ({
      offers: offers.map((one) => (one.action === action ? { action, ...now } : one)),
    }));
  }

  #change(id: number, change: (turn: Turn) => Partial<Turn>): void {
    this.turns = this.turns.map((turn) => (turn.id === id ? { ...turn, ...change(turn) } : turn));
    this.#host.requestUpdate();
  }
}

function withEvent(turn: Turn, event: AssistantEvent): Partial<Turn> {
  switch (event.kind) {
    case 'text':
      return { text: turn.text + event.delta };
    case 'source':
      return turn.sources.some(({ id }) => id === event.source.id)
        ? {}
        : { sources: [...turn.sources, event.source] };
    case 'action':
      return { offers: [...turn.offers, { action: event.action, state: 'offered' }] };
  }
}
