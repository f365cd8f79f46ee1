import { html, nothing, type TemplateResult } from 'lit';
import { heartFullIcon, musicIcon } from '../shared/icons.ts';
import { messageIcon } from './icons.ts';
import type { Moment } from './moments.ts';
import type { Replay } from './replay.ts';
import type { TripWords } from './words.ts';

/** What happened on the way, in words: the way through a trip for who does not see the map. */
export function momentsList(view: {
  readonly replay: Replay;
  readonly words: TripWords;
  readonly timeOf: (atMs: number) => string;
  readonly nameOf: (userId: string) => string;
  readonly onPick: (atMs: number) => void;
}): TemplateResult {
  const { replay, words } = view;
  const { momentIndex } = replay;
  return html`<section class="moments" part="moments" aria-labelledby="moments-title">
    <h3 id="moments-title">${words.moments}</h3>
    ${
      replay.moments.length === 0
        ? html`<p class="quiet">${words.noMoments}</p>`
        : html`<ol>
            ${replay.moments.map(
              (moment, index) => html`<li>
                <button
                  class="moment ${moment.kind}"
                  aria-current=${index === momentIndex ? 'step' : nothing}
                  @click=${() => view.onPick(moment.atMs)}
                >
                  <span class="moment-icon">${iconOf(moment)}</span>
                  <span class="moment-text">${textOf(moment, view)}</span>
                  <time class="tabular" datetime=${new Date(moment.atMs).toISOString()}
                    >${view.timeOf(moment.atMs)}</time
                  >
                </button>
              </li>`,
            )}
          </ol>`
    }
    ${notes(replay, words)}
  </section>`;
}

/** Keeps the current moment in view, unless somebody looks through the list. */
export function followMoments(root: ParentNode, smooth: boolean): void {
  const list = root.querySelector<HTMLElement>('.moments ol');
  const current = list?.querySelector<HTMLElement>('[aria-current]')?.parentElement;
  if (!list || !current || list.matches(':hover, :focus-within')) return;
  const top = current.offsetTop - list.clientHeight / 3;
  list.scrollTo({ top, behavior: smooth ? 'smooth' : 'instant' });
}

function iconOf({ kind }: Moment): TemplateResult {
  if (kind === 'song') return musicIcon();
  return kind === 'like' ? heartFullIcon() : messageIcon();
}

function textOf(
  moment: Moment,
  view: { readonly words: TripWords; readonly nameOf: (userId: string) => string },
): TemplateResult {
  const { words } = view;
  switch (moment.kind) {
    case 'song':
      return html`<span class="hidden-visually">${words.song}: </span>
        <span class="truncate strong">${moment.title}</span>
        ${moment.artist ? html`<span class="truncate quiet">${moment.artist}</span>` : nothing}`;
    case 'message':
      return html`<span class="hidden-visually">${words.message}: </span>
        <span class="truncate quiet">${view.nameOf(moment.userId)}</span>
        <span class="said title">${moment.text}</span>`;
    case 'like':
      return html`<span class="hidden-visually">${words.like}: </span>
        <span class="said title">${words.liked(view.nameOf(moment.userId), moment.title)}</span>`;
  }
}

/** What is not in the picture. */
function notes({ trip }: Replay, words: TripWords): TemplateResult | typeof nothing {
  const said = [
    trip.unseenCount > 0 ? words.unseen(trip.unseenCount) : '',
    trip.gaps.length > 0 ? words.incomplete : '',
    trip.everyMs >= 2_000 ? words.thinned(Math.round(trip.everyMs / 1000)) : '',
  ].filter(Boolean);
  return said.length > 0 ? html`<p class="notes quiet">${said.join(' · ')}</p>` : nothing;
}
