import { type CSSResult, css, html, nothing } from 'lit';
import { commonWords } from '../shared/common-words.ts';
import type { Part, PartHost } from '../shared/late-parts.ts';
import { wordsFor } from '../shared/words.ts';
import { playlistWords } from './words.ts';

export interface AddressedTrack {
  readonly url: string;
  readonly title: string;
}

export interface AddForm {
  /** The form was opened by a press, not by a reload: it takes the focus. */
  readonly takesFocus: boolean;
  readonly add: (track: AddressedTrack) => void;
  readonly close: () => void;
}

/** Where a track is added by its address. */
export function openAddForm({ element, update }: PartHost, form: AddForm): Part {
  let isWrong = false;
  // Once it is drawn, one can type.
  if (form.takesFocus) {
    void Promise.resolve()
      .then(() => element.updateComplete)
      .then(() => element.renderRoot.querySelector<HTMLElement>('#address')?.focus());
  }

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const track = addressedTrack(new FormData(event.target));
    isWrong = track === undefined;
    if (track) form.add(track);
    update();
  };

  return {
    view() {
      const words = wordsFor(element, playlistWords);
      const { cancel } = wordsFor(element, commonWords);
      return html`
        <form class="add" part="add-form" novalidate aria-label=${words.addAddress} @submit=${submit}>
          <div class="field">
            <label for="address">${words.address}</label>
            <input
              class="input"
              id="address"
              name="address"
              type="url"
              dir="ltr"
              inputmode="url"
              autocomplete="off"
              placeholder=${words.addressHint}
              aria-invalid=${isWrong ? 'true' : nothing}
              aria-describedby=${isWrong ? 'address-wrong' : nothing}
            />
            ${isWrong ? html`<p class="wrong" id="address-wrong" role="alert">${words.addressWrong}</p>` : nothing}
          </div>
          <div class="field">
            <label for="title">${words.title}</label>
            <input class="input" id="title" name="title" autocomplete="off" maxlength="300" />
          </div>
          <div class="actions">
            <button class="button quiet" type="button" @click=${form.close}>${cancel}</button>
            <button class="button primary" type="submit">${words.add}</button>
          </div>
        </form>
      `;
    },
    close() {},
  };
}

/** What the form holds; undefined where the address is none. */
export function addressedTrack(form: FormData): AddressedTrack | undefined {
  const typed = String(form.get('address') ?? '').trim();
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  return { url: url.href, title: String(form.get('title') ?? '').trim() || titleOf(url) };
}

/** `https://x.example/road%20song.mp3` → `road song`; the host where there is no file name. */
function titleOf(url: URL): string {
  const file = url.pathname.split('/').filter(Boolean).at(-1);
  if (!file) return url.hostname;
  const name = file.replace(/\.[a-z0-9]{2,5}$/iu, '');
  try {
    return decodeURIComponent(name).replaceAll('_', ' ').slice(0, 300);
  } catch {
    return name.slice(0, 300);
  }
}

export const addFormStyles: CSSResult = css`
  .add {
    display: grid;
    gap: calc(var(--_space) * 1.5);
    padding: calc(var(--_space) * 2);
    border-block-end: 1px solid var(--_line);
    background: var(--_raised);
  }
  .actions {
    display: flex;
    justify-content: end;
    gap: var(--_space);
  }
  .wrong {
    color: var(--_danger);
    font-size: var(--_size-2);
  }
`;
