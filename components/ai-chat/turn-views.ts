import { html, nothing, type TemplateResult } from 'lit';
import type { AssistantSource } from '../../sdk/index.ts';
import type { CommonWords } from '../shared/common-words.ts';
import { checkIcon, warningIcon } from '../shared/icons.ts';
import type { Offer, Problem, Turn } from './conversation.ts';
import { privateIcon } from './icons.ts';
import { safeAddress } from './safe-address.ts';
import type { AiChatWords } from './words.ts';

export interface TurnCommands {
  /** Only the last question can be asked again. */
  readonly retry: (() => void) | undefined;
  readonly confirm: (turn: Turn, offer: Offer) => void;
  readonly decline: (turn: Turn, offer: Offer) => void;
  readonly undo: (turn: Turn, offer: Offer) => void;
}

export interface TurnView extends TurnCommands {
  readonly turn: Turn;
  /** The answer so far. */
  readonly answer: unknown;
  readonly words: AiChatWords;
  readonly common: CommonWords;
}

/** A question in a bubble, and its answer at full width. */
export function turnView(view: TurnView): TemplateResult {
  const { turn, answer, words } = view;
  const isPrivate = turn.asked.private === true;
  return html`<li class="turn" part="turn">
    <p class="question" part="question" dir="auto">
      <span class="hidden-visually">${words.you}: </span><span class="asked">${turn.question}</span>
      ${isPrivate ? html`<span class="mark" title=${words.private}>${privateIcon()}</span>` : nothing}
    </p>
    <div class="answer" part="answer">
      <span class="hidden-visually">${words.assistant}: </span>
      ${
        turn.text === '' && turn.state === 'streaming'
          ? html`<p class="thinking"><i></i><i></i><i></i><span class="hidden-visually">${words.thinking}</span></p>`
          : answer
      }
    </div>
    ${turn.sources.length > 0 ? sourcesView(turn.sources, words) : nothing}
    ${turn.offers.map((offer) => offerView(view, offer))}
    ${endView(view)}
  </li>`;
}

function sourcesView(sources: readonly AssistantSource[], words: AiChatWords): TemplateResult {
  return html`<ul class="sources" part="sources" aria-label=${words.sources}>
    ${sources.map(({ kind, title, url }) => {
      const href = url === undefined ? undefined : safeAddress(url);
      const inside = html`<span class="kind">${words.sourceKind[kind]}</span> <bdi>${title}</bdi>`;
      return html`<li>
        ${
          href
            ? html`<a class="chip" href=${href} target="_blank" rel="noopener noreferrer nofollow"
                >${inside}</a
              >`
            : html`<span class="chip">${inside}</span>`
        }
      </li>`;
    })}
  </ul>`;
}

/** What it would do, and the person's word on it. */
function offerView(view: TurnView, offer: Offer): TemplateResult {
  const { turn, words, common } = view;
  const { action, state, problem } = offer;
  const busy = state === 'busy';
  return html`<section class="offer" part="action" data-state=${state} aria-label=${action.summary}>
    <p class="summary" dir="auto">${action.summary}</p>
    ${action.detail ? html`<p class="detail" dir="auto">${action.detail}</p>` : nothing}
    ${problem ? html`<p class="problem" role="alert">${saidIn(problem, common)}</p>` : nothing}
    ${
      state === 'offered' || busy
        ? html`<p class="ways">
            <button
              class="button primary"
              part="confirm"
              aria-disabled=${busy}
              @click=${() => busy || view.confirm(turn, offer)}
            >
              ${busy ? words.busy : words.confirm}
            </button>
            ${
              busy
                ? nothing
                : html`<button class="button quiet" @click=${() => view.decline(turn, offer)}>
                    ${words.decline}
                  </button>`
            }
          </p>`
        : html`<p class="ways" role="status">
            <span class="became">${state === 'done' ? checkIcon() : nothing}${words[state]}</span>
            ${
              state === 'done' && action.undo
                ? html`<button class="button" part="undo" @click=${() => view.undo(turn, offer)}>
                    ${common.undo}
                  </button>`
                : nothing
            }
          </p>`
    }
  </section>`;
}

/** Why the answer ends where it does, and the way on. */
function endView({ turn, words, common, retry }: TurnView): TemplateResult | typeof nothing {
  const again = retry
    ? html`<button class="button" part="retry" @click=${retry}>${words.again}</button>`
    : nothing;
  if (turn.state === 'stopped') {
    return html`<p class="end"><span>${words.stopped}</span>${again}</p>`;
  }
  if (turn.state !== 'failed' || !turn.problem) return nothing;
  const { problem } = turn;
  return html`<p class="end problem" role="alert">
    ${warningIcon()}<span>${whyText(turn, problem, words, common)}</span>
    <span class="code">${common.code(problem.code)}</span>
    ${problem.code === 'forbidden' ? nothing : again}
  </p>`;
}

function whyText(turn: Turn, problem: Problem, words: AiChatWords, common: CommonWords): string {
  if (problem.code === 'unavailable') {
    return turn.text === '' ? common.unreachableTitle : words.interrupted;
  }
  if (problem.code === 'forbidden') return words.refused;
  if (problem.code === 'rate-limited') return words.tooFast;
  return saidIn(problem, common);
}

function saidIn({ code, message }: Problem, common: CommonWords): string {
  return common.errors?.[code] ?? message;
}
