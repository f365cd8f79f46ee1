import type { Observable } from 'rxjs';
import type { GroupId } from '../protocol/ids.ts';

/** Where an answer got something from. */
export interface AssistantSource {
  readonly id: string;
  readonly kind: 'track' | 'message' | 'place' | 'member' | 'web';
  readonly title: string;
  /** For a page of the web: its address. */
  readonly url?: string;
}

/** What the assistant offers to do. Nothing is done before `confirm()`. */
export interface AssistantAction {
  readonly id: string;
  /** As a sentence in the language that was asked for: "Add “Road Song” to the playlist". */
  readonly summary: string;
  /** What the person should know before they say yes. */
  readonly detail?: string;
  /** @throws {JamzError} the refusal, as the command itself would have it */
  confirm(): Promise<void>;
  /** Tells the assistant that it is not wanted. */
  decline(): void;
  /**
   * Takes back what was done; absent where that cannot be.
   *
   * @throws {JamzError} the refusal
   */
  readonly undo?: () => Promise<void>;
}

/** A piece of an answer, as it comes. */
export type AssistantEvent =
  /** More of the answer, as Markdown; the pieces in a row are the answer. */
  | { readonly kind: 'text'; readonly delta: string }
  | { readonly kind: 'source'; readonly source: AssistantSource }
  | { readonly kind: 'action'; readonly action: AssistantAction };

export interface AssistantQuestion {
  /** Whose music, messages and places may be read; without it, the person's own alone. */
  readonly groupId?: GroupId;
  /** Reads nothing of the group, and nothing of this is kept. */
  readonly private?: boolean;
  /** The language of the answer, as a BCP 47 tag. */
  readonly language?: string;
}

/** Answers questions in words, and offers to do things. It reads only for people who have agreed (`aiOptIn`). */
export interface Assistant {
  /**
   * Asks. The stream sends on subscription, gives the answer's pieces in order and completes with it; unsubscribing
   * stops the answer. It replays nothing.
   *
   * Errors with a {@link JamzError}: `forbidden` where the person has not agreed or may not, `rate-limited` and
   * `quota-exceeded`, `too-large` for more than 4,000 characters, `unavailable` when the link breaks: what has come
   * until then stands.
   *
   * @example
   * const stop = assistant.ask('Something calmer?', { groupId: group.id }).subscribe(show);
   */
  ask(text: string, question?: AssistantQuestion): Observable<AssistantEvent>;
}
