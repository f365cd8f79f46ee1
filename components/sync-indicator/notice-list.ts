import { html, nothing, type TemplateResult } from 'lit';
import type { OvertakenField, OvertakenNotice, RemovedNotice } from '../../sdk/index.ts';
import { wordsFor } from '../shared/words.ts';
import { type NoticeWords, noticeWords } from './notice-words.ts';

/** Own changes that others overtook: who, what stands now, and the way back. */
export function noticeList(
  notices: readonly (OvertakenNotice | RemovedNotice)[],
  host: Element,
): TemplateResult | typeof nothing {
  if (notices.length === 0) return nothing;
  const words = wordsFor(host, noticeWords);
  return html`<section part="notices">
    <h3>${words.title(notices.length)}</h3>
    <ul>
      ${notices.map(
        (notice) => html`<li>
          <p>${titleOf(notice, words)}</p>
          ${notice.fields.flatMap((field) => values(field, notice.kind, words))}
          ${
            notice.kind === 'overtaken' || notice.about === 'place'
              ? html`<button class="button" @click=${() => notice.putBack()}>
                  ${words.putBack}
                </button>`
              : nothing
          }
          <button class="button quiet" @click=${() => notice.dismiss()}>${words.dismiss}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}

function titleOf(
  { kind, byName, title }: OvertakenNotice | RemovedNotice,
  words: NoticeWords,
): string {
  const who = byName ?? words.somebody;
  return kind === 'removed' ? words.removedBy(who, title) : words.changedBy(who, title);
}

/** Yours and theirs, where a person can read them: degrees and file ids are only named. */
function values(
  { field, mine, theirs }: OvertakenField,
  kind: OvertakenNotice['kind'] | RemovedNotice['kind'],
  words: NoticeWords,
): readonly TemplateResult[] {
  const name = words.fields[field] ?? field;
  // A place's two degrees are one thing to a person.
  if (field === 'lng') return [];
  if (field === 'lat' || field === 'photoFileId') return [html`<p class="note">${name}</p>`];
  const say = (value: OvertakenField['mine']): string =>
    value === null || value === ''
      ? words.empty
      : (words.values[String(value)] ?? words.quoted(String(value)));
  const text =
    kind === 'removed'
      ? words.yours(name, say(mine))
      : words.yoursAndTheirs(name, say(mine), say(theirs));
  return [html`<p class="note">${text}</p>`];
}
