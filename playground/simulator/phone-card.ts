import { html, nothing, type TemplateResult } from 'lit';
import type { Injection } from '../../simulator/stage/injection.ts';
import type { PhoneView } from '../../simulator/stage/view.ts';
import { calm } from '../../simulator/world/wire.ts';
import { colourOf, deedOf, nameOf } from './people.ts';
import { type ZoneId, zoneOf, zones } from './zones.ts';

export interface PhoneDeeds {
  do(injection: Injection): void;
  /** The visitor takes the card by its handle. */
  drag(event: PointerEvent, phone: number): void;
}

const songsShown = 5;
const waitingShown = 12;
const hourMs = 3_600_000;

/** One phone: what it says of itself, what waits, what its person sees, and what can be done to it. */
export function phoneCard(phone: PhoneView, headSeq: number, deeds: PhoneDeeds): TemplateResult {
  const { index, userId } = phone;
  const isAwake = phone.app === 'running';
  const name = nameOf(userId);
  return html`<article class="sim-phone ${colourOf(userId)}" data-phone=${index} data-app=${phone.app} aria-label=${`${name}’s phone`}>
    <header @pointerdown=${(event: PointerEvent) => deeds.drag(event, index)}>
      <span class="sim-face" aria-hidden="true">${name[0]}</span>
      <span class="sim-name">${name}</span>
      ${pill(phone)}
    </header>
    ${waiting(phone)} ${songs(phone)} ${place(phone, headSeq)}
    <div class="sim-tools">
      <button type="button" class="sim-tool" ?disabled=${!isAwake} @click=${() => deeds.do({ kind: 'deed', phone: index, what: 'add' })}>Add a song</button>
      <button type="button" class="sim-tool more" popovertarget=${`more-${index}`} aria-label=${`More to do to ${name}’s phone`}>⋯</button>
      <div class="sim-more" id=${`more-${index}`} popover>${more(phone, deeds)}</div>
    </div>
  </article>`;
}

interface Word {
  readonly word: string;
  readonly state: string;
}

function wordOf({ app, status }: PhoneView): Word {
  switch (app) {
    case 'closed':
      return { word: 'App closed', state: 'closed' };
    case 'starting':
      return { word: 'Starting', state: 'SYNCING' };
    case 'asleep':
      return { word: 'Asleep', state: 'closed' };
    case 'running':
      break;
  }
  switch (status?.state) {
    case 'SYNCED':
      return { word: 'In sync', state: 'SYNCED' };
    case 'OFFLINE':
      return { word: 'Offline', state: 'OFFLINE' };
    case 'ERROR':
      return { word: 'Error', state: 'ERROR' };
    default:
      return { word: 'Syncing', state: 'SYNCING' };
  }
}

function pill(phone: PhoneView): TemplateResult {
  const { word, state } = wordOf(phone);
  return html`<span class="sim-pill" data-state=${state}><i aria-hidden="true"></i>${word}</span>`;
}

function waiting({ waiting: ops, userId, status }: PhoneView): TemplateResult {
  const setAside = status?.setAside ?? 0;
  return html`<div class="sim-waiting">
    <span class="sim-label">${ops.length === 0 ? 'Nothing waits' : ops.length === 1 ? '1 change waits' : `${ops.length} changes wait`}${setAside > 0 ? ` · ${setAside} set aside` : nothing}</span>
    <span class="sim-blocks" aria-hidden="true">${ops.slice(0, waitingShown).map(({ type, stage }) => html`<i class="sim-block ${colourOf(userId)}" data-stage=${stage} title=${deedOf(type)}></i>`)}</span>
  </div>`;
}

function songs({ shown }: PhoneView): TemplateResult {
  if (!shown) return html`<p class="sim-empty">Knows nothing of the group yet.</p>`;
  const { order } = shown.playlist;
  const last = lastOf(order, songsShown);
  return html`<ol class="sim-songs" aria-label=${`Playlist of ${order.size} songs, its end`}>
    ${last.map(({ title, addedBy }) => html`<li class=${colourOf(addedBy)}>${title}</li>`)}
    ${order.size === 0 ? html`<li class="none">No songs yet</li>` : nothing}
  </ol>`;
}

/** What of a sorted map its end is read by. */
interface SortedEnd<V> {
  last(): readonly [key: string, value: V] | undefined;
  before(key: string): readonly [key: string, value: V] | undefined;
}

/** A map's last entries in their order, found without walking all of it. */
function lastOf<V>(map: SortedEnd<V>, count: number): V[] {
  const found: V[] = [];
  for (let at = map.last(); at && found.length < count; at = map.before(at[0])) {
    found.unshift(at[1]);
  }
  return found;
}

function place(
  { cursor, clockOffMs, disk, switchedOff }: PhoneView,
  headSeq: number,
): TemplateResult {
  const behind = cursor ? headSeq - cursor.seq : 0;
  return html`<p class="sim-facts">
    <span>${cursor ? html`log <b>${cursor.seq}</b> <code>${cursor.hash.slice(0, 4)}</code>` : 'no log yet'}</span>
    ${behind > 0 ? html`<span class="sim-warn">${behind} behind</span>` : nothing}
    ${Math.abs(clockOffMs) >= 2_000 ? html`<span class="sim-warn">clock ${spanOf(clockOffMs)}</span>` : nothing}
    ${disk.full ? html`<span class="sim-warn">disk full</span>` : nothing}
    ${disk.broken ? html`<span class="sim-warn">disk broken</span>` : nothing}
    ${switchedOff ? html`<span class="sim-warn">switched off</span>` : nothing}
  </p>`;
}

function more(phone: PhoneView, deeds: PhoneDeeds): TemplateResult {
  const { index } = phone;
  const item = (text: string, injection: Injection): TemplateResult =>
    html`<button type="button" popovertarget=${`more-${index}`} popovertargetaction="hide" @click=${() => deeds.do(injection)}>${text}</button>`;
  const isAwake = phone.app === 'running';
  return html`
    <label class="sim-where">Where
      <select @change=${(event: Event) => move(event, index, deeds)}>
        ${zones.map(({ id, name }) => html`<option value=${id} ?selected=${zoneOf(phone) === id}>${name}</option>`)}
      </select>
    </label>
    ${isAwake ? html`${item('Play', { kind: 'deed', phone: index, what: 'play' })}${item('Pause', { kind: 'deed', phone: index, what: 'pause' })}${item('Write a message', { kind: 'deed', phone: index, what: 'say' })}${item('Sync now', { kind: 'deed', phone: index, what: 'sync-now' })}` : nothing}
    <hr />
    ${item('Clock a day ahead', { kind: 'set-clock', phone: index, byMs: 24 * hourMs })}
    ${item('Clock a year back', { kind: 'set-clock', phone: index, byMs: -365 * 24 * hourMs })}
    ${item('Crash the app', { kind: 'crash', phone: index, durationMs: 8_000 })}
    ${item('Crash in the middle of a write', { kind: 'crash-at-write', phone: index, durationMs: 8_000 })}
    ${item('Put it to sleep', { kind: 'sleep', phone: index, durationMs: 60_000 })}
    ${item('Fill its disk', { kind: 'disk-full', phone: index, durationMs: 60_000 })}
    ${item('Delete what it stored', { kind: 'evict', phone: index, durationMs: 5_000 })}
    ${item('Remove from the group', { kind: 'remove', phone: index, durationMs: 60_000 })}
    <hr />
    ${item('Put everything right', { kind: 'calm', phone: index })}
  `;
}

function move({ target }: Event, phone: number, deeds: PhoneDeeds): void {
  if (target instanceof HTMLSelectElement) deeds.do(moved(phone, target.value as ZoneId));
}

/** A phone that comes to another stretch of the road. */
export function moved(phone: number, to: ZoneId): Injection {
  const weather = zones.find(({ id }) => id === to)?.weather ?? calm;
  return { kind: 'weather', phone, weather };
}

/** As `+1 d`, with the largest unit that fits. */
export function spanOf(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const seconds = Math.abs(ms) / 1_000;
  for (const [unit, length] of units) {
    if (seconds >= length) return `${sign}${Math.round(seconds / length)} ${unit}`;
  }
  return `${sign}${Math.round(seconds)} s`;
}

const units = [
  ['y', 31_536_000],
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
] as const;
