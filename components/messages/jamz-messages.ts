import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, Message } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { type CommonWords, commonWords } from '../shared/common-words.ts';
import { composerView } from '../shared/composer.ts';
import { request, tell } from '../shared/events.ts';
import { faceStyles } from '../shared/face.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { offlineIcon, peopleIcon } from '../shared/icons.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { draftKey, type KeptText, keptText } from '../shared/kept-text.ts';
import { nameOf } from '../shared/people.ts';
import { photoAddress } from '../shared/photo.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { talkStyles } from '../shared/talk-styles.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { arrowIcon } from './icons.ts';
import { type Line, linesOf } from './lines.ts';
import { LogScroll } from './log-scroll.ts';
import { dividerView, messageView, olderView, refusedView } from './message-views.ts';
import { messagesStyles } from './messages-styles.ts';
import { Older } from './older.ts';
import { olderStyles } from './older-styles.ts';
import { Outgoing } from './outgoing.ts';
import { Reading } from './reading.ts';
import { type MessagesWords, messagesWords } from './words.ts';

/**
 * What the group says to each other, and a place to write. What was said before the latest 200 messages comes as the
 * person reads back.
 *
 * Give it a height, or let it grow to its `max-height` of 32 em.
 *
 * @fires jamz-request-send - the person sends a message; `preventDefault()` keeps it from being sent
 * @csspart log - the messages
 * @csspart message - one message; `bubble` is its text
 * @csspart older - what stands above the first message while there are more
 * @csspart new - where the messages that were not seen begin
 * @csspart composer - where one writes; `send` is its button
 * @slot empty - in place of "No messages yet"
 */
export class JamzMessages extends JamzElement {
  static override readonly styles: CSSResult[] = [
    ...sharedStyles,
    faceStyles,
    talkStyles,
    messagesStyles,
    olderStyles,
  ];

  #draft = '';
  #kept: { readonly key: string; readonly text: KeptText } | undefined;
  readonly #reading = new Reading();
  readonly #outgoing = new Outgoing(this);
  readonly #older = new Older(this, () => this.#group);
  readonly #scroll = new LogScroll(
    this,
    () => this.#reachedEnd(),
    () => this.#older.load(),
  );
  readonly #access = new GroupController(this, { guestName: () => guestName(Math.random) });
  readonly #availability = new StreamController(this, () => this.#group?.availability$);
  readonly #members = new StreamController(this, () => this.#group?.members$);
  readonly #status = new StreamController(this, () => this.#group?.jamz.status$);
  readonly #setAside = new StreamController(this, () => this.#group?.jamz.setAside$);
  readonly #messages = new StreamController(
    this,
    () => this.#group?.messages$,
    (messages) => this.#reading.take(messages, this.#myId, this.#scroll.looking),
  );

  get #group(): Group | undefined {
    return this.#access.group;
  }

  get #myId(): string | undefined {
    return this.#group?.jamz.session.user$.value?.id;
  }

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, messagesWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    const group = this.#group;
    if (typeof shown === 'object')
      return html`<div class="frame">${obstacleView(shown, common)}</div>`;
    if (shown === 'skeleton' || !group) {
      const bone = html`<div class="bone"></div>`;
      return html`<div class="frame">
        <div class="bones" role="status" aria-label=${common.loading}>${[bone, bone, bone]}</div>
      </div>`;
    }
    this.#readDraft(group);
    return html`<div class="frame">
      ${this.#logView(group, words, common)}
      <div class="foot-area">
        ${this.#latestView(words)}
        ${
          this.#status.value?.state === 'OFFLINE'
            ? html`<p class="state">${offlineIcon()}<span>${common.offlineText}</span></p>`
            : nothing
        }
        ${
          group.can('send-messages')
            ? composerView({
                draft: this.#draft,
                label: words.write,
                hint: words.hint,
                button: html`<button
                  class="send"
                  part="send"
                  aria-label=${words.send}
                  ?disabled=${this.#draft.trim() === ''}
                >
                  ${arrowIcon()}
                </button>`,
                onInput: this.#write,
                onSend: this.#send,
              })
            : html`<p class="read-only">${words.readOnly}</p>`
        }
      </div>
    </div>`;
  }

  /** `role=log` tells what is added, a whole line at a time; marks that change later stay quiet. */
  #logView(group: Group, words: MessagesWords, common: CommonWords): TemplateResult {
    const messages = this.#messages.value ?? [];
    const refused = this.#outgoing.refused(this.#setAside.value ?? [], group);
    const all = this.#older.with(messages);
    const lines = linesOf(all, this.#reading.newAfterId);
    const view = this.#lineView(messages, group, words);
    return html`<div
      class="log"
      part="log"
      role="log"
      tabindex="0"
      aria-label=${words.title}
      aria-relevant="additions"
      aria-busy=${this.#older.state === 'loading'}
      @scroll=${this.#scroll.moved}
    >
      <ol>
        ${olderView(this.#older.state, words, common, this.#older.load)}
        ${repeat(lines, ({ key }) => key, view)}
        ${refused.map((one) => refusedView(one, words, common))}
      </ol>
      ${
        messages.length + refused.length > 0
          ? nothing
          : html`<slot name="empty"
              ><div class="notice">
                <span class="notice-icon">${peopleIcon()}</span>
                <p class="notice-title">${words.emptyTitle}</p>
                <p class="notice-text">${words.emptyText}</p>
              </div></slot
            >`
      }
    </div>`;
  }

  #lineView(
    messages: readonly Message[],
    group: Group,
    words: MessagesWords,
  ): (line: Line) => TemplateResult {
    const myId = this.#myId;
    const members = this.#members.value;
    const locale = languageOf(this);
    const nowMs = group.jamz.serverNow();
    const newestOwn = messages.findLast(({ authorId }) => authorId === myId);
    const pending = this.#status.value?.pending;
    return (line) => {
      if (line.kind !== 'message') return dividerView(line, { words, locale, nowMs });
      const { messageId, authorId } = line.message;
      const mine = authorId === myId;
      return messageView({
        line,
        mine,
        name: nameOf(members, authorId),
        photo: photoAddress(
          group.jamz,
          members?.find(({ memberId }) => memberId === authorId)?.photoFileId,
        ),
        mark: mine ? this.#outgoing.markOf(messageId, pending) : undefined,
        newestOwn: line.message === newestOwn,
        locale,
        words,
      });
    };
  }

  #latestView(words: MessagesWords): TemplateResult | typeof nothing {
    const { unseen } = this.#reading;
    if (this.#scroll.atEnd && unseen === 0) return nothing;
    return html`<p class="latest">
      <button class="button" part="latest" @click=${this.#scroll.toEnd}>
        ${unseen > 0 ? words.unseen(unseen) : words.latest}${arrowIcon()}
      </button>
    </p>`;
  }

  #readDraft(group: Group): void {
    const key = draftKey('message', group);
    if (this.#kept?.key === key) return;
    const text = keptText(() => sessionStorage, key);
    this.#kept = { key, text };
    this.#draft = text.read();
  }

  readonly #write = (text: string): void => {
    this.#draft = text;
    this.#kept?.text.write(text);
    this.requestUpdate();
  };

  readonly #send = (): void => {
    const group = this.#group;
    const text = this.#draft.trim();
    if (!group?.can('send-messages') || text === '') return;
    if (!request(this, 'jamz-request-send', { text })) return;
    this.#outgoing.send(group, text);
    this.#reading.answered();
    this.#write('');
    this.#scroll.toEnd();
    tell(this, 'jamz-message', { text });
  };

  #reachedEnd(): void {
    this.#reading.reached(this.#messages.value ?? []);
  }
}
