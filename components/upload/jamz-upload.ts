import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type TemplateResult,
} from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { GroupAvailability, SyncStatus } from '../../sdk/index.ts';
import { obstacleView, showing } from '../shared/availability.ts';
import { commonWords } from '../shared/common-words.ts';
import { GroupController } from '../shared/group-controller.ts';
import { guestName } from '../shared/guest-name.ts';
import { JamzElement } from '../shared/jamz-element.ts';
import { StreamController } from '../shared/stream-controller.ts';
import { sharedStyles } from '../shared/styles.ts';
import { audioTypes, uploadToPlaylist } from '../shared/upload-to-playlist.ts';
import { languageOf, wordsFor } from '../shared/words.ts';
import { looksLikeSound } from './file-kind.ts';
import { uploadIcon } from './icons.ts';
import { lineView, sayState } from './line.ts';
import { uploadStyles } from './styles.ts';
import { type Line, UploadList } from './upload-list.ts';
import { type UploadWords, uploadWords } from './words.ts';

/**
 * Takes audio files by drop or by choice, uploads them so that a lost link costs nothing,
 * and adds each to the group's playlist.
 *
 * @slot error - in place of what is said when the group cannot be shown
 * @slot signed-out - in place of what is said when nobody is signed in
 * @csspart base zone choose list line
 * @fires jamz-request-upload - cancelable, with the files; `jamz-request-add-tracks` with each title
 * @fires jamz-upload-done - a file is on the server
 */
export class JamzUpload extends JamzElement {
  static override readonly styles: CSSResultGroup = [...sharedStyles, uploadStyles];

  static override readonly properties: PropertyDeclarations = {
    noAdd: { type: Boolean, attribute: 'no-add' },
    over: { state: true },
    said: { state: true },
  };

  /** Leaves the playlist alone: the page does something else with the files. */
  declare noAdd: boolean | undefined;
  declare private over: boolean | undefined;
  declare private said: string | undefined;

  readonly #access = new GroupController(this, { guestName: () => guestName(Math.random) });
  readonly #availability: StreamController<GroupAvailability> = new StreamController(
    this,
    () => this.#access.group?.availability$,
  );
  readonly #status: StreamController<SyncStatus> = new StreamController(
    this,
    () => this.#access.jamz?.status$,
  );
  readonly #uploads = new UploadList(this, (line) => this.#announce(line));

  constructor() {
    super();
    new StreamController(
      this,
      () => this.#access.group && this.#access.jamz?.uploads.list$,
      (uploads) => this.#uploads.join(uploads, this.#access.group?.id),
    );
  }

  override render(): TemplateResult {
    const words = wordsFor(this, uploadWords);
    const common = wordsFor(this, commonWords);
    const shown = showing(this.#access.access, this.#availability.value, common);
    return html`
      <div class="frame" part="base">
        ${
          typeof shown === 'object'
            ? obstacleView(shown, common)
            : this.#zoneView(words, shown === 'skeleton')
        }
        ${this.#listView(words)}
        <div class="hidden-visually" role="status">${this.said}</div>
      </div>
    `;
  }

  #zoneView(words: UploadWords, waiting: boolean): TemplateResult {
    const allowed = !waiting && (this.#access.group?.can('upload') ?? false);
    return html`
      <div
        class="zone"
        part="zone"
        aria-busy=${waiting}
        ?data-over=${this.over}
        @dragenter=${allowed ? this.#hover : nothing}
        @dragover=${allowed ? this.#hover : nothing}
        @dragleave=${this.#leave}
        @drop=${allowed ? this.#drop : nothing}
      >
        <span class="zone-icon">${uploadIcon()}</span>
        <div class="zone-words">
          <p class="zone-title">
            ${waiting || allowed ? (this.over ? words.dropNow : words.drop) : words.readOnly}
          </p>
          <p class="zone-kinds">${words.kinds}</p>
        </div>
        <button class="button" part="choose" ?disabled=${!allowed} @click=${this.#choose}>
          ${words.choose}
        </button>
        <input type="file" hidden multiple accept=${audioTypes} @change=${this.#chosen} />
      </div>
    `;
  }

  #listView(words: UploadWords): TemplateResult | typeof nothing {
    const { lines } = this.#uploads;
    if (lines.length === 0) return nothing;
    return html`
      <ul class="lines" part="list" role="list" aria-label=${words.files}>
        ${repeat(
          lines,
          ({ id }) => id,
          (line) =>
            lineView({
              ...this.#lineContext(words, line),
              dismiss: () => this.#uploads.dismiss(line.id),
            }),
        )}
      </ul>
    `;
  }

  #take(files: readonly File[]): void {
    const group = this.#access.group;
    if (!group?.can('upload')) return;
    const sounds = files.filter(looksLikeSound);
    for (const file of files) {
      if (!sounds.includes(file)) this.#uploads.refuse(file, 'unsupported-type');
    }
    const uploads = uploadToPlaylist(this, group, sounds, { add: !this.noAdd });
    for (const upload of uploads) this.#uploads.add(upload);
  }

  #announce(line: Line): void {
    const words = wordsFor(this, uploadWords);
    this.said = `${line.name}: ${sayState(this.#lineContext(words, line))}`;
  }

  #lineContext(
    words: UploadWords,
    line: Line,
  ): { words: UploadWords; line: Line; locale: string; offline: boolean; adds: boolean } {
    return {
      words,
      line,
      locale: languageOf(this),
      offline: this.#status.value?.state === 'OFFLINE',
      adds: !this.noAdd,
    };
  }

  readonly #choose = (): void => {
    this.renderRoot.querySelector('input')?.click();
  };

  readonly #chosen = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#take([...(event.target.files ?? [])]);
    event.target.value = '';
  };

  readonly #hover = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.over = true;
  };

  readonly #leave = (event: DragEvent): void => {
    const { currentTarget, relatedTarget } = event;
    const inside =
      currentTarget instanceof Node &&
      relatedTarget instanceof Node &&
      currentTarget.contains(relatedTarget);
    if (!inside) this.over = false;
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.#take([...(event.dataTransfer?.files ?? [])]);
  };
}
