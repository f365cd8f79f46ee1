import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import type { Observable } from 'rxjs';
import type {
  Group,
  GroupAvailability,
  Member,
  NowPlaying,
  PlaylistEntry,
} from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { request } from '../shared/events.ts';
import { FormKeeper } from '../shared/form-keeper.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { plusIcon } from '../shared/icons.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { LateParts } from '../shared/late-parts.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { inTime } from '../shared/timers.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import type { AddressedTrack } from './add-form.ts';
import { Drag } from './drag.ts';
import { rowKey } from './keys.ts';
import { afterOf, afterOfMove } from './order.ts';
import { Removals } from './removals.ts';
import type { RowCommands } from './row.ts';
import { RowList } from './row-list.ts';
import { rowStyles } from './row-styles.ts';
import { playlistStyles } from './styles.ts';
import { longTime, totalMs } from './totals.ts';
import { emptyView, skeletonView, undoView } from './views.ts';
import { type PlaylistWords, playlistWords } from './words.ts';

/**
 * The group's tracks in their order: choose, like, add, remove, reorder.
 *
 * Give it a height, or let it grow to its `max-height` of 32 em. Only the rows in view are in
 * the document, so a list of 10,000 scrolls as one of ten.
 *
 * @slot empty - in place of what is said when there are no tracks
 * @slot error - in place of what is said when the group cannot be shown
 * @slot signed-out - in place of what is said when nobody is signed in
 * @csspart base header list row current track like remove handle add-form undo
 * @fires jamz-request-select - cancelable, as are -like, -remove, -move, -add-tracks
 */
export class JamzPlaylist extends JamzElement {
  static override readonly styles: CSSResultGroup = [...sharedStyles, playlistStyles, rowStyles];

  static override readonly properties: PropertyDeclarations = {
    keyboard: {},
    editing: { state: true },
    said: { state: true },
  };

  /** `off` leaves all keys but Tab and Enter to the page. */
  declare keyboard: 'on' | 'off' | undefined;
  declare private editing: boolean | undefined;
  declare private said: string | undefined;

  readonly #access = new GroupController(this, { guestName: () => guestName(Math.random) });
  readonly #availability: StreamController<GroupAvailability> = this.#follow(
    (group) => group.availability$,
  );
  readonly #playlist: StreamController<readonly PlaylistEntry[]> = this.#follow(
    (group) => group.playlist$,
  );
  readonly #now: StreamController<NowPlaying> = this.#follow((group) => group.nowPlaying$);
  readonly #members: StreamController<readonly Member[]> = this.#follow((group) => group.members$);
  readonly #removals = new Removals(this, inTime);
  readonly #rows = new RowList(this);
  readonly #drag = new Drag(this, {
    scroller: () => this.#rows.scroller,
    rowPx: () => this.#rows.rowPx,
    count: () => this.#entries.length,
    drop: (from, to) => this.#move(from, to),
  });
  readonly #rowCommands: RowCommands = {
    select: (entry) => this.#select(entry),
    like: (entry) => this.#like(entry),
    remove: (index) => this.#remove(index),
    focus: (index) => this.#rows.activate(index),
    grab: (event, index) => this.#drag.start(event, index),
    carry: this.#drag.move,
    drop: this.#drag.drop,
    cancel: this.#drag.cancel,
  };

  #formTakesFocus = false;
  readonly #parts = new LateParts<'add'>(this, {
    load: {
      add: async () => {
        const { openAddForm, addFormStyles } = await import('./add-form.ts');
        const form = {
          takesFocus: this.#formTakesFocus,
          add: (track: AddressedTrack) => this.#add(track),
          close: this.#closeForm,
        };
        return { open: (host) => openAddForm(host, form), styles: [addFormStyles] };
      },
    },
    jamz: () => this.#access.group?.jamz,
    wear: (styles) => this.wear(styles),
  });
  readonly #typed = new FormKeeper(
    this,
    'add',
    () => this.#access.group,
    () => this.#openForm(false),
  );

  override render(): TemplateResult {
    const common = wordsFor(this, commonWords);
    const words = wordsFor(this, playlistWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    const group = this.#access.group;
    return html`
      <div class="frame" part="base">
        ${
          shown === 'content' && group
            ? this.#contentView(group, words)
            : typeof shown === 'object'
              ? obstacleView(shown, common)
              : skeletonView(common.loading)
        }
        <div class="hidden-visually" role="status">${this.said}</div>
        ${undoView(this.#removals.titles, words, common.undo, this.#undo)}
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#rows.settle(this.#currentIndex());
  }

  get #entries(): readonly PlaylistEntry[] {
    return this.#playlist.value ?? [];
  }

  #contentView(group: Group, words: PlaylistWords): TemplateResult {
    const entries = this.#entries;
    const may = {
      control: group.can('control'),
      remove: group.can('remove-tracks'),
      move: group.can('move-tracks'),
    };
    return html`
      ${this.#headerView(words, group, may.remove || may.move)}
      ${
        entries.length === 0
          ? emptyView(words)
          : html`<p class="hidden-visually" id="row-help">${words.rowHelp}</p>
              ${this.#rows.render({
                words,
                entries,
                members: this.#members.value ?? [],
                me: group.jamz.session.user$.value?.id,
                currentIndex: this.#currentIndex(),
                playing: this.#now.value?.playing ?? false,
                carried: this.#drag.carried,
                editing: this.editing ?? false,
                may,
                commands: this.#rowCommands,
                key: this.#key,
              })}`
      }
    `;
  }

  #headerView(words: PlaylistWords, group: Group, mayEdit: boolean): TemplateResult {
    const entries = this.#entries;
    const total = longTime(totalMs(entries), languageOf(this));
    return html`
      <header class="header" part="header">
        <h2>${words.playlist}</h2>
        <p class="sum tabular">
          ${entries.length > 0 ? `${words.count(entries.length)} · ${total}` : nothing}
        </p>
        ${
          mayEdit && entries.length > 0
            ? html`<button
                class="button quiet toggle-edit"
                aria-pressed=${this.editing ?? false}
                @click=${() => {
                  this.editing = !this.editing;
                }}
              >
                ${this.editing ? words.done : words.edit}
              </button>`
            : nothing
        }
        ${
          group.can('add-tracks')
            ? html`<button
                class="icon-button"
                part="add"
                aria-label=${words.addAddress}
                aria-expanded=${this.#parts.open === 'add'}
                @click=${() => (this.#parts.open ? this.#closeForm() : this.#openForm(true))}
              >
                ${plusIcon()}
              </button>`
            : nothing
        }
      </header>
      ${this.#parts.view('add')}
    `;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (this.keyboard === 'off') return;
    const command = rowKey(event, this.#rows.active, this.#entries.length);
    if (!command) return;
    event.preventDefault();
    if (command.kind === 'cancel') this.#drag.cancel();
    else if (command.kind === 'remove') this.#remove(command.index);
    else if (command.kind === 'go') this.#rows.focusRow(command.index);
    else this.#move(this.#rows.active, command.index);
  };

  #select(entry: PlaylistEntry): void {
    const group = this.#access.group;
    if (!group?.can('control')) return;
    if (request(this, 'jamz-request-select', { itemId: entry.itemId })) group.select(entry.itemId);
  }

  #like({ itemId, likedByMe }: PlaylistEntry): void {
    const group = this.#access.group;
    if (!group || !request(this, 'jamz-request-like', { itemId, like: !likedByMe })) return;
    if (likedByMe) group.unlike(itemId);
    else group.like(itemId);
  }

  #remove(index: number): void {
    const group = this.#access.group;
    const entry = this.#entries[index];
    if (!group?.can('remove-tracks') || !entry) return;
    if (!request(this, 'jamz-request-remove', { itemId: entry.itemId })) return;
    this.#removals.remove(group, entry, afterOf(this.#entries, index));
    this.said = wordsFor(this, playlistWords).removedOne(entry.title);
    this.#rows.focusRow(Math.min(index, this.#entries.length - 2));
  }

  #move(from: number, to: number): void {
    const group = this.#access.group;
    const entry = this.#entries[from];
    const last = this.#entries.length - 1;
    if (!group?.can('move-tracks') || !entry || to === from || to < 0 || to > last) return;
    const after = afterOfMove(this.#entries, from, to);
    if (!request(this, 'jamz-request-move', { itemId: entry.itemId, after })) return;
    group.moveTrack(entry.itemId, { after });
    this.said = wordsFor(this, playlistWords).moved(entry.title, to + 1, last + 1);
    this.#rows.focusRow(to);
  }

  readonly #undo = (): void => {
    const titles = this.#removals.titles;
    this.#removals.undo();
    this.said = titles.map((title) => wordsFor(this, playlistWords).added(title)).join(', ');
  };

  #openForm(takesFocus: boolean): void {
    this.#formTakesFocus = takesFocus;
    if (!this.#parts.open) this.#parts.toggle('add');
  }

  readonly #closeForm = (): void => {
    this.#parts.close();
    this.#typed.forget();
    this.renderRoot.querySelector<HTMLElement>('[part=add]')?.focus();
  };

  #add(track: AddressedTrack): void {
    if (!request(this, 'jamz-request-add-tracks', { titles: [track.title] })) return;
    this.#access.group?.addTracks([track]);
    this.said = wordsFor(this, playlistWords).added(track.title);
    this.#closeForm();
  }

  #currentIndex(): number {
    const itemId = this.#now.value?.item?.itemId;
    return itemId === undefined ? -1 : this.#rows.indexOf(this.#entries, itemId);
  }

  #follow<T>(pick: (group: Group) => Observable<T>): StreamController<T> {
    return new StreamController(this, () => this.#access.group && pick(this.#access.group));
  }
}
