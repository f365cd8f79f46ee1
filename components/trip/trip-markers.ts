import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MapEngine } from '../map/engine.ts';
import { headingIcon } from '../map/icons.ts';
import { fanOffset, type Stack, stacked } from '../map/stacks.ts';
import { face } from '../shared/face.ts';
import { heartFullIcon } from '../shared/icons.ts';
import type { Moment } from './moments.ts';
import type { Seen } from './replay.ts';
import type { Certainty } from './whereabouts.ts';

/** As the map marks how much a position is worth. */
const looks = { seen: 'live', unseen: 'stale', rough: 'coarse', over: 'lost' } as const;

/** One marker; `placeMarkers` moves it. The list of people tells the same in words, so assistive technology passes it by. */
export function tripMarkers(view: {
  readonly everybody: readonly Seen[];
  readonly sayings: ReadonlyMap<string, Moment>;
  readonly followed: string | undefined;
  readonly hues: ReadonlyMap<string, number>;
  readonly silent: string;
  readonly roughly: string;
  readonly onPick: (userId: string) => void;
}): TemplateResult {
  const { followed } = view;
  const notes: Partial<Record<Certainty, string>> = { unseen: view.silent, rough: view.roughly };
  return html`<div class="markers" aria-hidden="true">
    ${repeat(
      view.everybody,
      ({ traveller }) => traveller.userId,
      ({ traveller: { userId, name, photoUrl }, where }) => {
        const certainty = where?.certainty ?? 'over';
        const note = notes[certainty];
        return html`<div
          class="marker ${looks[certainty]} ${userId === followed ? 'me' : ''}"
          part="marker"
          data-id=${userId}
          .style=${`--_own: ${view.hues.get(userId)}`}
        >
          <span class="wedge">${headingIcon()}</span>
          <button class="avatar" tabindex="-1" @click=${() => view.onPick(userId)}>
            ${face({ id: userId, name, photo: photoUrl ?? undefined })}<span class="count tabular"></span>
          </button>
          <span class="tag">${firstName(name)}${note ? html`<b>${note}</b>` : nothing}</span>
          ${saying(view.sayings.get(userId))}
        </div>`;
      },
    )}
  </div>`;
}

export function firstName(name: string): string {
  return name.split(/\s/u)[0] ?? name;
}

function saying(moment: Moment | undefined): TemplateResult | typeof nothing {
  if (!moment || moment.kind === 'song') return nothing;
  return moment.kind === 'like'
    ? html`<span class="saying like">${heartFullIcon()}</span>`
    : html`<span class="saying" dir="auto">${moment.text}</span>`;
}

/**
 * Puts the markers where their people were.
 *
 * @param before the piles of the last frame
 * @returns the piles of this one
 */
export function placeMarkers(
  root: ParentNode,
  engine: MapEngine,
  everybody: readonly Seen[],
  before: readonly Stack[],
): readonly Stack[] {
  const pins = everybody.flatMap(({ traveller: { userId }, where }, rank) =>
    where ? [{ id: userId, rank, ...pointOf(engine.project(where)) }] : [],
  );
  const stacks = stacked(pins, before);
  const seen = new Map(everybody.map((one) => [one.traveller.userId as string, one.where]));
  for (const element of root.querySelectorAll<HTMLElement>('.marker')) {
    const id = element.dataset['id'] ?? '';
    const where = seen.get(id);
    const stack = stacks.find(({ ids }) => ids.includes(id));
    const { style, classList } = element;
    classList.toggle('placed', where != null && stack !== undefined);
    if (!where || !stack) continue;
    const depth = stack.ids.indexOf(id);
    const slot = fanOffset(depth);
    style.translate = `${(stack.x + slot.x).toFixed(1)}px ${(stack.y + slot.y).toFixed(1)}px`;
    const speaks = element.querySelector('.saying') !== null;
    style.zIndex = String((speaks ? 200 : 100) - depth);
    style.setProperty('--turn', `${(where.headingDeg ?? 0).toFixed(0)}deg`);
    classList.toggle('has-heading', where.headingDeg !== null && where.certainty === 'seen');
    classList.toggle('under', depth > 0);
    classList.toggle('deep', depth > 2);
    const count = element.querySelector('.count');
    const text = depth === 0 && stack.ids.length > 1 ? String(stack.ids.length) : '';
    if (count && count.textContent !== text) count.textContent = text;
  }
  return stacks;
}

/** Some engines' points carry more than the two. */
function pointOf({ x, y }: { readonly x: number; readonly y: number }) {
  return { x, y };
}
