import { html, nothing, type TemplateResult } from 'lit';
import type { Message, SetAsideEntry } from '../../sdk/index.ts';
import type { CommonWords } from '../shared/common-words.ts';
import { face } from '../shared/face.ts';
import { checkIcon, warningIcon } from '../shared/icons.ts';
import { arcIcon } from './icons.ts';
import type { Line } from './lines.ts';
import { pieces } from './links.ts';
import type { OlderState } from './older.ts';
import type { Mark } from './outgoing.ts';
import type { MessagesWords } from './words.ts';

export interface MessageView {
  readonly line: Extract<Line, { kind: 'message' }>;
  readonly mine: boolean;
  /** The author's name, where they are still a member. */
  readonly name: string | undefined;
  readonly photo: string | undefined;
  readonly mark: Mark | undefined;
  /** Whether a sent mark stands here: on the newest of one's own only. */
  readonly newestOwn: boolean;
  readonly locale: string;
  readonly words: MessagesWords;
}

/** One bubble; a run shows its author once, its time at its end. */
export function messageView(view: MessageView): TemplateResult {
  const { line, mine, words } = view;
  const { message, first, last } = line;
  const name = mine ? words.you : (view.name ?? words.someone);
  const side = `message ${mine ? 'mine' : 'theirs'}${first ? ' first' : ''}${last ? ' last' : ''}`;
  return html`<li class=${side} part="message">
    ${mine ? nothing : html`<span class="side">${first ? face({ id: message.authorId, name, photo: view.photo }) : nothing}</span>`}
    <div class="said">
      <p class=${first && !mine ? 'author truncate' : 'hidden-visually'}><bdi>${name}</bdi></p>
      <p class="bubble" part="bubble" dir="auto">${textView(message.text)}</p>
      ${footView(view, message, last)}
    </div>
  </li>`;
}

function footView(
  { mark, newestOwn, locale, words }: MessageView,
  { sentAtMs, editedAtMs }: Message,
  last: boolean,
): TemplateResult | typeof nothing {
  const shown = mark === 'sent' && !newestOwn ? undefined : mark;
  if (!last && editedAtMs === null && shown !== 'waiting') return nothing;
  return html`<p class="foot">
    <time class="tabular" datetime=${new Date(sentAtMs).toISOString()}
      >${new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(sentAtMs)}</time
    >
    ${editedAtMs === null ? nothing : html`<span>${words.edited}</span>`}
    ${shown ? markView(shown, words) : nothing}
  </p>`;
}

function markView(mark: Mark, words: MessagesWords): TemplateResult {
  return mark === 'waiting'
    ? html`<span class="mark">${arcIcon()}${words.waiting}</span>`
    : html`<span class="mark" title=${words.sent}
        >${checkIcon()}<span class="hidden-visually">${words.sent}</span></span
      >`;
}

/** Text as it was typed; addresses open in a page of their own that cannot reach back. */
function textView(text: string): readonly (string | TemplateResult)[] {
  return pieces(text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow"
          >${piece.text}</a
        >`,
  );
}

/** A day's name; where the new messages begin. */
export function dividerView(
  line: Extract<Line, { kind: 'day' | 'new' }>,
  { words, locale, nowMs }: { words: MessagesWords; locale: string; nowMs: number },
): TemplateResult {
  return line.kind === 'new'
    ? html`<li class="divider new" part="new"><span>${words.newMessages}</span></li>`
    : html`<li class="divider"><span>${dayText(line.atMs, nowMs, locale, words)}</span></li>`;
}

function dayText(ms: number, nowMs: number, locale: string, words: MessagesWords): string {
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  const day = new Date(ms);
  if (day.toDateString() === new Date(nowMs).toDateString()) return words.today;
  if (day.toDateString() === yesterday.toDateString()) return words.yesterday;
  const year =
    day.getFullYear() === new Date(nowMs).getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  }).format(ms);
}

/** Above the first message: what was said before is on its way, or cannot be had now. */
export function olderView(
  state: OlderState,
  words: MessagesWords,
  common: CommonWords,
  onRetry: () => void,
): TemplateResult | typeof nothing {
  if (state === 'none') return nothing;
  return html`<li class="older" part="older">
    ${
      state === 'failed'
        ? html`<span>${words.olderFailed}</span>
            <button class="button" @click=${onRetry}>${common.retry}</button>`
        : html`<span>${arcIcon()}${words.older}</span>`
    }
  </li>`;
}

/** A message that the server refused: kept until its author decides. */
export function refusedView(
  { entry, text }: { readonly entry: SetAsideEntry; readonly text: string },
  words: MessagesWords,
  common: CommonWords,
): TemplateResult {
  return html`<li class="message mine first last refused" part="message">
    <div class="said">
      <p class="bubble" dir="auto">${text}</p>
      <p class="foot problem">${warningIcon()}<span>${words.notSent}: ${common.errors?.[entry.reason.code] ?? entry.reason.message}</span></p>
      <p class="ways">
        <button class="button" @click=${() => entry.retry()}>${common.retry}</button>
        <button class="button quiet danger" @click=${() => entry.discard()}>${words.discard}</button>
      </p>
    </div>
  </li>`;
}
