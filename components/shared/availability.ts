import { html, nothing, type TemplateResult } from 'lit';
import type { ErrorCode, GroupAvailability } from '../../sdk/index.ts';
import type { Access } from './access.ts';
import type { CommonWords } from './common-words.ts';
import { peopleIcon, warningIcon } from './icons.ts';
import { wayIn } from './way-in.ts';

/** Why an element shows a notice in place of its content. */
export interface Obstacle {
  readonly kind: 'signed-out' | 'failed' | 'misconfigured';
  readonly title: string;
  readonly text: string;
  readonly code?: ErrorCode;
  readonly retry?: () => void;
}

/** What an element should show: its skeleton, a notice, or its content. */
export type Showing = 'skeleton' | 'content' | Obstacle;

/**
 * Decides what an element shows.
 *
 * @param availability the group's own, from `group.availability$`; undefined while there is none
 */
export function showing(
  access: Access,
  availability: GroupAvailability | undefined,
  words: CommonWords,
): Showing {
  const way = wayIn(access, availability);
  if (way === 'waiting') return 'skeleton';
  if (way === 'open') return 'content';
  if (access.kind === 'misconfigured') {
    return {
      kind: 'misconfigured',
      title: words.setupTitle,
      text: words.errors?.setup ?? access.message,
    };
  }
  if (access.kind === 'failed') return failure(access.code, access.message, words, access.retry);
  if (access.kind === 'ready' && availability?.kind === 'unavailable') {
    const { code, message } = availability;
    return failure(code, message, words, () => {
      access.jamz.syncNow().catch(() => {});
    });
  }
  return signedOut(words);
}

/** The notice, centred in the element's own frame. Slots let a page put its own in place. */
export function obstacleView(obstacle: Obstacle, words: CommonWords): TemplateResult {
  const icon = obstacle.kind === 'signed-out' ? peopleIcon() : warningIcon();
  return html`
    <slot name=${obstacle.kind === 'signed-out' ? 'signed-out' : 'error'}>
      <div class="notice" part="notice" role=${obstacle.kind === 'failed' ? 'alert' : nothing}>
        <span class="notice-icon">${icon}</span>
        <p class="notice-title">${obstacle.title}</p>
        <p class="notice-text">${obstacle.text}</p>
        ${
          obstacle.retry
            ? html`<button class="button" part="retry" @click=${obstacle.retry}>${words.retry}</button>`
            : nothing
        }
        ${obstacle.code ? html`<p class="notice-code">${words.code(obstacle.code)}</p>` : nothing}
      </div>
    </slot>
  `;
}

function signedOut(words: CommonWords): Obstacle {
  return { kind: 'signed-out', title: words.signedOutTitle, text: words.signedOutText };
}

function failure(
  code: ErrorCode,
  message: string,
  words: CommonWords,
  retry: (() => void) | undefined,
): Obstacle {
  const said = sayings(words)[code];
  const base = {
    kind: 'failed',
    title: said?.[0] ?? words.wrongTitle,
    text: said?.[1] ?? words.errors?.[code] ?? message,
    code,
  } as const;
  return retry && !final.has(code) ? { ...base, retry } : base;
}

/** Trying again cannot help with these. */
const final: ReadonlySet<ErrorCode> = new Set([
  'gone',
  'removed',
  'update-needed',
  'origin-not-allowed',
  'invalid',
]);

function sayings(
  words: CommonWords,
): Partial<Record<ErrorCode, readonly [title: string, text: string]>> {
  const origin = typeof location === 'undefined' ? '' : location.origin;
  return {
    forbidden: [words.noPermissionTitle, words.noPermissionText],
    'not-found': [words.noPermissionTitle, words.noPermissionText],
    unavailable: [words.unreachableTitle, words.unreachableText],
    'update-needed': [words.updateTitle, words.updateText],
    'origin-not-allowed': [words.originTitle, words.originText(origin)],
    'rate-limited': [words.rateTitle, words.rateText],
    gone: [words.goneTitle, words.goneText],
    removed: [words.removedTitle, words.removedText],
    unauthenticated: [words.signedOutTitle, words.signedOutText],
    'token-expired': [words.signedOutTitle, words.signedOutText],
  };
}
