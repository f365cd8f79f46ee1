import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon, closeIcon, musicIcon, warningIcon } from '../shared/icons.ts';
import { setStyle } from '../shared/set-style.ts';
import { fileSize } from './file-size.ts';
import { pauseIcon, playIcon, syncIcon } from './icons.ts';
import type { Line } from './upload-list.ts';
import type { UploadWords } from './words.ts';

export interface LineView {
  readonly words: UploadWords;
  readonly locale: string;
  readonly line: Line;
  readonly offline: boolean;
  /** Whether done uploads went to the playlist. */
  readonly adds: boolean;
  readonly dismiss: (line: Line) => void;
}

type Mood = 'going' | 'resting' | 'done' | 'failed';

/** One upload: its name, how far it is, and what can be done with it. */
export function lineView(view: LineView): TemplateResult {
  const { words, line } = view;
  const { progress, upload } = line;
  const mood = moodOf(view);
  const share = progress && progress.totalBytes > 0 ? progress.sentBytes / progress.totalBytes : 0;
  const name = progress?.state === 'done' ? progress.file.title : line.name;
  const percent = Math.round(share * 100);
  return html`
    <li class="line" part="line" data-mood=${mood}>
      <span class="sign">${mood === 'done' ? checkIcon() : mood === 'failed' ? warningIcon() : musicIcon()}</span>
      <div class="what">
        <p class="name truncate">${name}</p>
        ${
          mood === 'going' || mood === 'resting'
            ? html`<div
                class="track"
                role="progressbar"
                aria-label=${words.progress(line.name)}
                aria-valuenow=${percent}
                aria-valuemin="0"
                aria-valuemax="100"
                ?data-processing=${progress?.state === 'processing'}
              >
                <span ${setStyle({ 'inline-size': `${percent}%` })}></span>
              </div>`
            : nothing
        }
        <p class="state tabular">${sayState(view)}</p>
        ${
          upload?.keptOn === 'page' && (mood === 'going' || mood === 'resting')
            ? html`<p class="state">${words.keepOpen}</p>`
            : nothing
        }
      </div>
      ${buttons(view)}
    </li>
  `;
}

/** What a line says of itself, also for assistive technology. */
export function sayState({
  words,
  locale,
  line,
  offline,
  adds,
}: Omit<LineView, 'dismiss'>): string {
  const { progress, refusal } = line;
  if (!progress) return refusal ? (words.failed[refusal] ?? refusal) : words.waiting;
  const sent = fileSize(progress.sentBytes, locale);
  const total = fileSize(progress.totalBytes, locale);
  switch (progress.state) {
    case 'waiting':
      return offline ? words.offline : words.waiting;
    case 'sending':
      return offline ? words.offline : words.sending(sent, total);
    case 'paused':
      return words.paused(sent, total);
    case 'processing':
      return words.processing;
    case 'done':
      if (progress.file.duplicate) return words.duplicate;
      return adds ? words.added : words.done;
    case 'failed':
      return words.failed[progress.error.code] ?? progress.error.message;
    case 'cancelled':
      return words.cancelled;
  }
}

function moodOf({ line, offline }: LineView): Mood {
  const state = line.progress?.state;
  if (!state || state === 'failed') return 'failed';
  if (state === 'done') return 'done';
  if (state === 'paused' || state === 'cancelled' || offline) return 'resting';
  return 'going';
}

function buttons({ words, line, dismiss }: LineView): TemplateResult {
  const { upload, progress, name } = line;
  const state = progress?.state;
  const button = (label: string, icon: TemplateResult, act: () => void): TemplateResult =>
    html`<button class="icon-button" aria-label=${label} @click=${act}>${icon}</button>`;
  if (upload && (state === 'waiting' || state === 'sending')) {
    return html`${button(words.pause(name), pauseIcon(), () => upload.pause())}
    ${button(words.cancel(name), closeIcon(), () => upload.cancel())}`;
  }
  if (upload && state === 'paused') {
    return html`${button(words.resume(name), playIcon(), () => upload.resume())}
    ${button(words.cancel(name), closeIcon(), () => upload.cancel())}`;
  }
  if (state === 'processing') return html``;
  return html`${
    upload && canRetry(line)
      ? button(words.retry(name), syncIcon(), () => upload.resume())
      : nothing
  }
  ${button(words.dismiss(name), closeIcon(), () => dismiss(line))}`;
}

/** The same file will be refused again for what it is, not for when it came. */
function canRetry({ progress }: Line): boolean {
  if (progress?.state === 'cancelled') return true;
  if (progress?.state !== 'failed') return false;
  return !['unsupported-type', 'too-large', 'forbidden', 'invalid'].includes(progress.error.code);
}
