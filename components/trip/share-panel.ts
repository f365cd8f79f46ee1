import { type CSSResult, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group, TripConsent, TripLink } from '../../sdk/index.ts';
import { commonWords } from '../shared/common-words.ts';
import { errand } from '../shared/errand.ts';
import { request } from '../shared/events.ts';
import { face } from '../shared/face.ts';
import { checkIcon } from '../shared/icons.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { isMe, nameOf } from '../shared/people.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { expiryText } from './expiry-text.ts';
import { shareStyles } from './share-styles.ts';
import { type TripShareWords, tripShareWords } from './share-words.ts';

/** What the panel knows of the trip beside it. */
export interface ShareScene {
  readonly group: () => Group | undefined;
  readonly asked: () => { readonly from: number; readonly until: number };
  readonly title: () => string;
  /** How many links wait for this person's answer. */
  readonly onQuestions: (count: number) => void;
}

export const styles: readonly CSSResult[] = [shareStyles];

const dayMs = 86_400_000;
const maxTitleChars = 120;
/** The longest that the server takes is thirty days by its own clock: a little less is surely in time. */
const marginMs = 300_000;

/** Where a trip is made public for a while, and where each who was there says whether it may show them. */
export function open(host: PartHost, scene: ShareScene): Part {
  const words = (): TripShareWords => wordsFor(host.element, tripShareWords);
  const asking = errand(host);
  let links: readonly TripLink[] | undefined;
  let title = scene.title();
  let lastingMs = 7 * dayMs;
  let copiedId: string | undefined;

  const me = (): string | undefined => host.jamz.session.user$.value?.id;
  const take = (next: readonly TripLink[]): void => {
    links = next;
    scene.onQuestions(next.filter((link) => mineOf(link)?.answer === 'none yet').length);
  };
  const mineOf = ({ consents }: TripLink): TripConsent | undefined =>
    consents.find(({ userId }) => userId === me());

  /** Does something with the group's trips, and then looks how the links stand. */
  const change = (run: (group: Group) => Promise<unknown>): Promise<boolean> => {
    const group = scene.group();
    if (!group) return Promise.resolve(false);
    return asking.run(async () => {
      await run(group);
      take(await group.tripLinks());
    });
  };
  void change(async () => {});

  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { from, until } = scene.asked();
    const expiresAt = host.jamz.serverNow() + lastingMs;
    const name = title.trim();
    const wish = { from, until, expiresAt, ...(name ? { title: name } : {}) };
    if (!request(host.element, 'jamz-request-share-trip', wish)) return;
    await change((group) => group.shareTrip(wish));
  };
  const answer = (link: TripLink, say: 'yes' | 'no'): void => {
    if (!request(host.element, 'jamz-request-answer-trip', { id: link.id, answer: say })) return;
    void change((group) => group.answerTrip(link.id, say));
  };
  const end = (link: TripLink): void => {
    if (!request(host.element, 'jamz-request-end-trip-link', { id: link.id })) return;
    void change((group) => group.endTripLink(link.id));
  };
  const copy = async ({ id, url }: TripLink): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      copiedId = id;
    } catch {
      // Without permission the person copies by hand.
      host.element.renderRoot.querySelector<HTMLInputElement>(`[data-link="${id}"]`)?.select();
    }
    host.update();
  };

  const form = (): TemplateResult => {
    const { name, expiry, day, week, month, make: label } = words();
    const choice = (ms: number, text: string) => html`<label
      ><input
        type="radio"
        name="lasting"
        .checked=${lastingMs === ms}
        @change=${() => {
          lastingMs = ms;
          host.update();
        }}
      /><span>${text}</span></label
    >`;
    return html`<form class="make" novalidate aria-busy=${asking.busy ? 'true' : 'false'} @submit=${make}>
      <div class="field">
        <label for="trip-title">${name}</label>
        <input
          class="input"
          id="trip-title"
          dir="auto"
          maxlength=${maxTitleChars}
          .value=${title}
          @input=${({ target }: InputEvent) => {
            if (target instanceof HTMLInputElement) title = target.value;
          }}
        />
      </div>
      <fieldset class="segments">
        <legend>${expiry}</legend>
        ${choice(dayMs, day)}${choice(7 * dayMs, week)}${choice(30 * dayMs - marginMs, month)}
      </fieldset>
      <button class="button primary" ?disabled=${asking.busy}>${label}</button>
    </form>`;
  };

  const question = (link: TripLink): TemplateResult | typeof nothing => {
    const mine = mineOf(link);
    if (!mine) return nothing;
    const choice = (say: 'yes' | 'no', text: string) => html`<button
      class="button"
      aria-pressed=${mine.answer === say ? 'true' : 'false'}
      ?disabled=${asking.busy}
      @click=${() => answer(link, say)}
    >
      ${mine.answer === say ? checkIcon() : nothing}${text}
    </button>`;
    const id = `mine-${link.id}`;
    return html`<div class="mine" role="group" aria-labelledby=${id}>
      <p id=${id}>${words().mine}</p>
      <div class="answers">${choice('yes', words().yes)}${choice('no', words().no)}</div>
    </div>`;
  };

  const linkView = (link: TripLink): TemplateResult => {
    const said = words();
    const members = scene.group()?.members$.value;
    const nameFor = (userId: string): string =>
      isMe(host.jamz, userId) ? said.you : (nameOf(members, userId) ?? said.left);
    const expires = expiryText(link.expiresAtMs - host.jamz.serverNow(), languageOf(host.element));
    const copied = copiedId === link.id;
    const mayEnd =
      isMe(host.jamz, link.sharedBy) || (scene.group()?.can('remove-members') ?? false);
    return html`<li class="link">
      <p class="link-title title" id=${`title-${link.id}`}>${link.title}</p>
      <p class="quiet">${said.sharedBy(nameFor(link.sharedBy))} · ${said.expires(expires)}</p>
      ${question(link)}
      <ul class="consents">
        ${link.consents.map(
          ({ userId, answer: given }) => html`<li class=${given === 'yes' ? 'yes' : 'not'}>
            ${face({ id: userId, name: nameOf(members, userId) ?? '?' })}
            <span class="truncate">${nameFor(userId)}</span>
            <span class="quiet">${said.answers[given]}</span>
          </li>`,
        )}
      </ul>
      <input
        class="input url"
        readonly
        dir="ltr"
        data-link=${link.id}
        aria-label=${said.linkTo(link.title)}
        .value=${link.url}
        @focus=${({ target }: FocusEvent) => {
          if (target instanceof HTMLInputElement) target.select();
        }}
      />
      <div class="buttons">
        <button class="button" @click=${() => void copy(link)}>
          ${copied ? checkIcon() : nothing}${copied ? said.copied : said.copy}
        </button>
        ${
          mayEnd
            ? html`<button
                class="button quiet danger"
                aria-describedby=${`title-${link.id}`}
                ?disabled=${asking.busy}
                @click=${() => end(link)}
              >
                ${said.end}
              </button>`
            : nothing
        }
      </div>
    </li>`;
  };

  const list = (): TemplateResult | typeof nothing => {
    if (!links) {
      return asking.busy
        ? html`<div class="bone part-bone" role="status" aria-label=${wordsFor(host.element, commonWords).loading}></div>`
        : nothing;
    }
    if (links.length === 0) return nothing;
    return html`<section aria-labelledby="trip-links">
      <h3 id="trip-links">${words().links}</h3>
      <ul class="links">
        ${repeat(links, ({ id }) => id, linkView)}
      </ul>
    </section>`;
  };

  return {
    view: () => html`<div class="sharing" part="share">
      <section aria-labelledby="trip-share">
        <h3 id="trip-share">${words().title}</h3>
        <p class="quiet">${words().text}</p>
        ${form()}
      </section>
      <div role="alert">
        ${
          asking.problem
            ? html`<p class="problem">${asking.problem}</p>
                <button class="button" @click=${() => void change(async () => {})}>
                  ${wordsFor(host.element, commonWords).retry}
                </button>`
            : nothing
        }
      </div>
      ${list()}
      <p class="hidden-visually" role="status">${copiedId ? words().copied : ''}</p>
    </div>`,
    close() {},
  };
}
