import { type CSSResult, html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Assistant, Group } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { type CommonWords, commonWords } from '../shared/common-words.ts';
import { request, tell } from '../shared/events.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { offlineIcon } from '../shared/icons.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { draftKey, type KeptText, keptText } from '../shared/kept-text.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { talkStyles } from '../shared/talk-styles.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { answerStyles } from './answer-styles.ts';
import { Answers } from './answers.ts';
import { chatStyles } from './chat-styles.ts';
import { askView, consentView, headView, missingView, startView } from './chat-views.ts';
import { Conversation, type Offer, type Turn } from './conversation.ts';
import { privateIcon } from './icons.ts';
import { Pinned } from './pinned.ts';
import { turnView } from './turn-views.ts';
import { type AiChatWords, aiChatWords } from './words.ts';

/**
 * A talk with the assistant about the group's music, people and places. It asks for consent
 * first, shows where an answer comes from, and does nothing that the person has not
 * confirmed.
 *
 * @fires jamz-request-ask - the person asks; `preventDefault()` keeps it from being asked
 * @fires jamz-request-action - the person has confirmed what was offered; `preventDefault()` keeps it from being done
 * @fires jamz-request-profile - the person allows the assistant to read along; `preventDefault()` keeps it from being said
 * @fires jamz-error - an answer or an action failed
 * @csspart log - the talk; `turn` is a question with its answer
 * @csspart question - what the person asked
 * @csspart answer - what was answered
 * @csspart sources - where it comes from
 * @csspart action - what is offered to be done; `confirm` and `undo` are its buttons
 * @csspart start - before the first question; `prompt` is one to begin with
 * @csspart consent - asks whether it may read along; `agree` is its button
 * @csspart private - the switch of the private mode
 * @csspart clear - begins anew
 * @csspart composer - where one asks; `send` and `stop` are its buttons
 * @slot start - in place of the words above the first questions
 * @slot missing - where the server has no assistant
 */
export class JamzAiChat extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    talkStyles,
    chatStyles,
    answerStyles,
  ];
  static override properties: PropertyDeclarations = {
    ...JamzElement.properties,
    assistant: { attribute: false },
  };

  /** Who answers, in place of the connection's own assistant. */
  declare assistant: Assistant | undefined;

  #draft = '';
  #isPrivate = false;
  #kept: { readonly key: string; readonly text: KeptText } | undefined;
  readonly #talk = new Conversation(this, (problem) => tell(this, 'jamz-error', problem));
  readonly #answers = new Answers(this);
  readonly #pinned = new Pinned(this);
  readonly #access = new GroupController(this, { guestName: () => guestName(Math.random) });
  readonly #availability = new StreamController(this, () => this.#group?.availability$);
  readonly #status = new StreamController(this, () => this.#group?.jamz.status$);
  readonly #profile = new StreamController(this, () => this.#group?.jamz.profile$);

  get #group(): Group | undefined {
    return this.#access.group;
  }
  get #asked(): Assistant | undefined {
    return this.assistant ?? this.#group?.jamz.assistant;
  }

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, aiChatWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    const group = this.#group;
    if (typeof shown === 'object') {
      return html`<div class="frame">${obstacleView(shown, common)}</div>`;
    }
    if (shown === 'skeleton' || !group) {
      const bone = html`<div class="bone"></div>`;
      return html`<div class="frame">
        <div class="bones" role="status" aria-label=${common.loading}>${[bone, bone, bone]}</div>
      </div>`;
    }
    this.#talk.with(group);
    if (!this.#asked) return html`<div class="frame">${missingView(words)}</div>`;
    if (!this.#profile.value?.aiOptIn) {
      return html`<div class="frame">${consentView(words, this.#agree)}</div>`;
    }
    this.#readDraft(group);
    return html`<div class="frame" @keydown=${this.#key}>
      ${headView({
        words,
        isPrivate: this.#isPrivate,
        setPrivate: this.#setPrivate,
        clear: this.#talk.turns.length > 0 ? this.#clear : undefined,
      })}
      ${this.#logView(words, common)} ${this.#footView(words)}
      <p class="hidden-visually" role="status">${this.#answers.toTell(this.#talk.turns.at(-1))}</p>
    </div>`;
  }

  /** What is added is told by sentences, apart: a log that grows by words would be read in shreds. */
  #logView(words: AiChatWords, common: CommonWords): TemplateResult {
    const { turns } = this.#talk;
    return html`<div class="log" part="log" role="log" aria-live="off" tabindex="0" aria-labelledby="title">
      ${
        turns.length === 0
          ? startView(words, this.#ask)
          : html`<ol>
              ${repeat(
                turns,
                ({ id }) => id,
                (turn) =>
                  turnView({
                    turn,
                    words,
                    common,
                    answer: this.#answers.viewOf(turn),
                    retry: turn === turns.at(-1) ? this.#retry : undefined,
                    confirm: this.#confirm,
                    decline: ({ id }, offer) => this.#talk.decline(id, offer),
                    undo: ({ id }, offer) => void this.#talk.undo(id, offer),
                  }),
              )}
            </ol>`
      }
    </div>`;
  }

  #footView(words: AiChatWords): TemplateResult {
    const offline = this.#status.value?.state === 'OFFLINE';
    const note = offline
      ? html`${offlineIcon()}<span>${words.offline}</span>`
      : this.#isPrivate
        ? html`${privateIcon()}<span>${words.privateOn}</span>`
        : undefined;
    return html`<div class="foot-area">
      ${note ? html`<p class="state">${note}</p>` : nothing}
      ${askView({
        words,
        draft: this.#draft,
        streaming: this.#talk.streaming,
        offline,
        onInput: this.#write,
        onSend: () => this.#ask(this.#draft),
        onStop: () => this.#talk.stop(),
        onRecall: () => this.#write(this.#talk.turns.at(-1)?.question ?? ''),
      })}
    </div>`;
  }

  readonly #ask = (written: string): void => {
    const text = written.trim();
    const group = this.#group;
    const isPrivate = this.#isPrivate;
    if (!this.#asked || !group || text === '' || this.#talk.streaming) return;
    if (this.#status.value?.state === 'OFFLINE') return;
    if (!request(this, 'jamz-request-ask', { text, private: isPrivate })) return;
    const language = languageOf(this);
    this.#write('');
    this.#answers.load();
    this.#pinned.next();
    this.#talk.ask(this.#asked, text, {
      language,
      ...(isPrivate ? { private: true } : { groupId: group.id }),
    });
  };

  readonly #retry = (): void => {
    if (this.#asked) this.#talk.retry(this.#asked);
  };

  readonly #confirm = ({ id }: Turn, offer: Offer): void => {
    const { summary } = offer.action;
    if (!request(this, 'jamz-request-action', { id: offer.action.id, summary })) return;
    void this.#talk.confirm(id, offer);
  };

  readonly #agree = (): void => {
    if (!request(this, 'jamz-request-profile', { aiOptIn: true })) return;
    this.#group?.jamz.updateProfile({ aiOptIn: true });
  };

  readonly #setPrivate = (on: boolean): void => {
    this.#isPrivate = on;
    // What is written in private is not kept either.
    this.#kept?.text.write(on ? '' : this.#draft);
    this.requestUpdate();
  };

  readonly #clear = (): void => {
    this.#talk.clear();
    void this.updateComplete.then(() => this.renderRoot.querySelector('textarea')?.focus());
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#talk.streaming) return;
    event.preventDefault();
    this.#talk.stop();
  };

  readonly #write = (text: string): void => {
    this.#draft = text;
    if (!this.#isPrivate) this.#kept?.text.write(text);
    this.requestUpdate();
  };

  #readDraft(group: Group): void {
    const key = draftKey('assistant', group);
    if (this.#kept?.key === key) return;
    const text = keptText(() => sessionStorage, key);
    this.#kept = { key, text };
    this.#draft = text.read();
  }
}
