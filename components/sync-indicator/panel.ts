import { html, nothing, type TemplateResult } from 'lit';
import type { Notice, SetAsideEntry, SyncStatus, Upload } from '../../sdk/index.ts';
import { saidOf } from '../shared/said.ts';
import { wordsFor } from '../shared/words.ts';
import { noticeList } from './notice-list.ts';
import { type PanelWords, panelWords } from './panel-words.ts';
import { isListed, secondsToTry } from './sync-text.ts';
import type { SyncWords } from './words.ts';

export type PanelView = typeof panelView;

/** What the pill opens to: the figures behind it, and what the person can do. */
export function panelView(view: {
  readonly host: Element;
  readonly status: SyncStatus;
  readonly words: SyncWords;
  readonly nowMs: number;
  readonly setAside: readonly SetAsideEntry[];
  readonly notices: readonly Notice[];
  readonly uploads: readonly Upload[];
  readonly openConflicts: () => void;
  readonly syncNow: () => void;
}): TemplateResult {
  const { status, nowMs, setAside } = view;
  const words = { ...view.words, ...wordsFor(view.host, panelWords) };
  const seconds = secondsToTry(status, nowMs);
  const row = (name: string, value: string | undefined) =>
    value === undefined
      ? nothing
      : html`<div><dt>${name}</dt><dd class="tabular">${value}</dd></div>`;
  return html`
    ${status.error ? html`<p class="reason">${saidOf(view.host, status.error.code, status.error.message)}</p>` : nothing}
    <dl>
      ${row(words.lastSynced, sinceText(status.lastSyncedAt, nowMs, words))}
      ${row(words.waitingTitle, status.pending > 0 ? String(status.pending) : words.nothing)}
      ${row(words.nextTry, seconds === undefined ? undefined : words.inSeconds(seconds))}
      ${row(words.roundTrip, status.roundTripMs === null ? words.unknown : words.ms(Math.round(status.roundTripMs)))}
      ${row(words.clock, clockText(status.clockOffsetMs, words))}
    </dl>
    ${
      status.conflicts > 0
        ? html`<button class="button" @click=${view.openConflicts}>
            ${words.conflicts(status.conflicts)}
          </button>`
        : nothing
    }
    ${
      // What names an upload is not sent before it: SYNCING for as long as that is paused.
      pausedView(status.pending > 0 ? view.uploads : [], words)
    }
    ${noticeList(view.notices.filter(isListed), view.host)}
    ${setAside.length > 0 ? setAsideList(setAside, words, view.host) : nothing}
    ${
      status.storage === 'memory' || status.storageNote
        ? html`<p class="note">${storageText(status, words)}</p>`
        : nothing
    }
    <button class="button primary" @click=${view.syncNow}>${words.syncNow}</button>
  `;
}

function pausedView(
  uploads: readonly Upload[],
  words: PanelWords,
): TemplateResult | typeof nothing {
  const paused = uploads.filter(({ progress$ }) => progress$.value.state === 'paused');
  if (paused.length === 0) return nothing;
  return html`<section>
    <p class="note">${words.paused(paused.length)}</p>
    <button
      class="button resume"
      @click=${() => {
        for (const upload of paused) upload.resume();
      }}
    >
      ${words.resume}
    </button>
  </section>`;
}

function storageText(status: SyncStatus, words: PanelWords): string {
  if (!words.storage) return status.storageNote ?? words.memory;
  return status.storage === 'memory' ? words.memory : words.storage;
}

/** The title or text that a summary names. */
function quotedIn(summary: string): string {
  return /“(.*)”/s.exec(summary)?.[1] ?? '';
}

function setAsideList(
  entries: readonly SetAsideEntry[],
  words: PanelWords,
  host: Element,
): TemplateResult {
  return html`<section>
    <h3>${words.setAsideTitle(entries.length)}</h3>
    <ul>
      ${entries.map(
        (entry) => html`<li>
          <p>${words.did?.(entry.opType, quotedIn(entry.summary)) ?? entry.summary}</p>
          <p class="note">${saidOf(host, entry.reason.code, entry.reason.message)}</p>
          <button class="button" @click=${() => entry.retry()}>${words.retry}</button>
          <button class="button quiet danger" @click=${() => entry.discard()}>
            ${words.discard}
          </button>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** `Just now`, `40 s ago`, `3 min ago`, `2 h ago`. */
function sinceText(atMs: number | null, nowMs: number, words: PanelWords): string {
  if (atMs === null) return words.never;
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1000));
  if (seconds < 10) return words.justNow;
  if (seconds < 60) return words.ago(words.seconds(seconds));
  if (seconds < 3600) return words.ago(words.minutes(Math.floor(seconds / 60)));
  return words.ago(words.hours(Math.floor(seconds / 3600)));
}

/** This device's clock against the server's: `3 ms behind`. */
function clockText(offsetMs: number | null, words: PanelWords): string {
  if (offsetMs === null) return words.unknown;
  const figure = words.ms(Math.abs(Math.round(offsetMs)));
  return offsetMs > 0 ? words.behind(figure) : words.ahead(figure);
}
