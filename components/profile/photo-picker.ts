import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ErrorCode, Jamz } from '../../sdk/index.ts';
import { tell } from '../shared/events.ts';
import { type Faced, face } from '../shared/face.ts';
import { codeOf } from '../shared/group-resolver.ts';
import { type Icon, icon } from '../shared/icons.ts';
import { saidOf } from '../shared/said.ts';
import type { ProfileWords } from './words.ts';

const cameraIcon: Icon = () =>
  icon(
    svg`<path d="M4.5 8h3l1.4-2.2h6.2L16.5 8h3A1.5 1.5 0 0 1 21 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-8A1.5 1.5 0 0 1 4.5 8z"/><circle cx="12" cy="13.2" r="3.2"/>`,
  );

/** What is taken in: the server draws its squares of it. */
const imageTypes = 'image/jpeg,image/png,image/webp,image/avif,image/gif';

/** Sending the person's picture. */
export interface PhotoPicker {
  readonly busy: boolean;
  /** What went wrong, in the language that the words have now. */
  problem(words: ProfileWords): string | undefined;
  /** The picture was sent, and is the person's unless the page does that in its own way. */
  choose(jamz: Jamz, file: File): Promise<void>;
  clear(): void;
}

/** @param keep makes the picture the person's */
export function photoPicker(
  element: HTMLElement & { requestUpdate(): void },
  keep: (jamz: Jamz, photoFileId: string) => void,
): PhotoPicker {
  let busy = false;
  let failure: { readonly code: ErrorCode; readonly message: string } | undefined;
  return {
    get busy() {
      return busy;
    },
    problem(words) {
      if (!failure) return undefined;
      const { code, message } = failure;
      return words.photoProblem[code] ?? saidOf(element, code, message);
    },
    async choose(jamz, file) {
      if (busy) return;
      busy = true;
      failure = undefined;
      element.requestUpdate();
      try {
        keep(jamz, await jamz.addPhoto(file));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failure = { code: codeOf(error), message };
        tell(element, 'jamz-error', failure);
      } finally {
        busy = false;
        element.requestUpdate();
      }
    },
    clear() {
      failure = undefined;
    },
  };
}

/** The person's face, which a tap replaces. */
export function photoView(view: {
  readonly words: ProfileWords;
  readonly person: Faced;
  readonly busy: boolean;
  readonly onChoose: (file: File) => void;
}): TemplateResult {
  const { words, busy } = view;
  const chosen = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    // The same file may be chosen again.
    target.value = '';
    if (file) view.onChoose(file);
  };
  return html`<label class="photo" part="photo" ?data-busy=${busy}>
    ${face(view.person)}
    <span class="camera">${cameraIcon()}</span>
    <input
      class="hidden-visually"
      type="file"
      accept=${imageTypes}
      aria-label=${busy ? words.photoBusy : words.photo}
      ?disabled=${busy}
      @change=${chosen}
    />
    ${busy ? html`<span class="photo-busy" aria-hidden="true"></span>` : nothing}
  </label>`;
}
