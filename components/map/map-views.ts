import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Member } from '../../sdk/index.ts';
import { face } from '../shared/face.ts';
import { chevronIcon, headingIcon, pauseIcon, tunnelIcon } from './icons.ts';
import type { PersonOnMap } from './people.ts';
import { ageText, directionText, distanceText, type MapWords } from './words.ts';

/** Above this many, names under the avatars would cover the map. */
const maxNames = 12;

/** One marker; the element moves it. The sheet tells the same in words, so this is hidden from assistive technology. */
export function marker(
  person: PersonOnMap,
  view: {
    readonly words: MapWords;
    readonly selected: boolean;
    readonly crowd: number;
    readonly tunnel: boolean;
    readonly onPick: (person: PersonOnMap) => void;
  },
): TemplateResult {
  const { words } = view;
  const name = person.me ? words.you : (person.name.split(/\s/u)[0] ?? person.name);
  const age = person.freshness === 'live' ? '' : ageText(person.ageMs, words);
  const label = view.crowd <= maxNames || view.selected ? name : '';
  return html`<div
    class="marker ${person.freshness} ${person.me ? 'me' : ''} ${person.coarse ? 'coarse' : ''} ${
      view.selected ? 'selected' : ''
    }"
    part="marker"
    data-id=${person.id}
  >
    <span class="halo"></span>
    <span class="wedge">${headingIcon()}</span>
    <button class="avatar" tabindex="-1" @click=${() => view.onPick(person)}>
      ${face(person)}<span class="count tabular"></span>
    </button>
    ${
      label || age
        ? html`<span class="tag">${label}${age ? html`<b>${view.tunnel ? tunnelIcon() : person.freshness === 'paused' ? pauseIcon() : nothing}${age}</b>` : nothing}</span>`
        : nothing
    }
  </div>`;
}

/** The list that mirrors the map: nearest first, with distance, heading and age. */
export function peopleSheet(view: {
  readonly words: MapWords;
  readonly people: readonly PersonOnMap[];
  readonly others: readonly Member[];
  readonly open: boolean;
  /** How to share is being chosen. */
  readonly choosing: boolean;
  readonly inTunnel: (person: PersonOnMap) => boolean;
  /** At which place somebody is. */
  readonly visit: (person: PersonOnMap) => TemplateResult | typeof nothing;
  readonly selectedId: string | undefined;
  readonly foot: TemplateResult | typeof nothing;
  readonly onToggle: () => void;
  readonly onPick: (person: PersonOnMap) => void;
}): TemplateResult {
  const { words, people, others } = view;
  const live = people.filter((person) => person.freshness === 'live').length;
  return html`<section
    class="sheet ${view.open ? 'open' : ''} ${view.choosing ? 'choosing' : ''}"
    part="sheet"
  >
    <button class="sheet-head" aria-expanded=${view.open ? 'true' : 'false'} aria-controls="people" @click=${view.onToggle}>
      <span class="faces">${people.slice(0, 4).map(face)}</span>
      <span class="sheet-title tabular">${
        people.length > 0 ? words.people(people.length, live) : words.nobody
      }</span>
      <span class="sheet-chevron">${chevronIcon()}</span>
    </button>
    <div id="people" class="sheet-body">
      ${people.length === 0 ? html`<p class="empty">${words.nobodyText}</p>` : nothing}
      <ul>
        ${repeat(
          people,
          (person) => person.id,
          (person) => html`<li>
            <button
              class="person ${person.freshness}"
              part="person"
              aria-current=${view.selectedId === person.id ? 'true' : nothing}
              @click=${() => view.onPick(person)}
            >
              ${face(person)}
              <span class="person-text">
                <span class="truncate">${person.name}${person.me ? html` <i>(${words.you})</i>` : nothing}</span>
                <span class="person-state">${stateText(person, view.inTunnel(person), words)}${view.visit(person)}</span>
              </span>
              ${awayText(person, words)}
            </button>
          </li>`,
        )}
        ${others.map(
          (member) => html`<li class="person off">
            ${face({ id: member.memberId, name: member.name })}
            <span class="person-text">
              <span class="truncate">${member.name}</span>
              <span class="person-state">${words.notSharing}</span>
            </span>
          </li>`,
        )}
      </ul>
    </div>
    ${view.foot}
  </section>`;
}

function stateText(person: PersonOnMap, tunnel: boolean, words: MapWords): TemplateResult {
  const age = ageText(person.ageMs, words);
  const said = {
    live: words.live,
    stale: words.ago(age),
    paused: words.paused(age),
    lost: words.seen(age),
  }[person.freshness];
  return html`<span class="dot"></span>${tunnel ? words.tunnel(age) : said}${person.coarse ? ` · ${words.roughly}` : nothing}`;
}

function awayText(person: PersonOnMap, words: MapWords): TemplateResult | typeof nothing {
  if (!person.away) return nothing;
  const { distanceM, bearingDeg } = person.away;
  return html`<span class="away tabular">
    ${words.away(distanceText(distanceM, words), directionText(bearingDeg, words))}
    <span class="compass" .style=${`rotate: ${Math.round(bearingDeg)}deg`}>${headingIcon()}</span>
  </span>`;
}
