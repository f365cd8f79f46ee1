import { html, nothing, type TemplateResult } from 'lit';
import type { PlaylistWords } from './words.ts';

export interface AddressedTrack {
  readonly url: string;
  readonly title: string;
}

/** The form that takes an address; `wrong` says that the last one was none. */
export function addForm(view: {
  readonly words: PlaylistWords;
  readonly cancel: string;
  readonly wrong: boolean;
  readonly submit: (event: SubmitEvent) => void;
  readonly close: () => void;
}): TemplateResult {
  const { words, wrong } = view;
  return html`
    <form class="add" part="add-form" novalidate aria-label=${words.addAddress} @submit=${view.submit}>
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
          aria-invalid=${wrong ? 'true' : nothing}
          aria-describedby=${wrong ? 'address-wrong' : nothing}
        />
        ${wrong ? html`<p class="wrong" id="address-wrong" role="alert">${words.addressWrong}</p>` : nothing}
      </div>
      <div class="field">
        <label for="title">${words.title}</label>
        <input class="input" id="title" name="title" autocomplete="off" maxlength="300" />
      </div>
      <div class="actions">
        <button class="button quiet" type="button" @click=${view.close}>${view.cancel}</button>
        <button class="button primary" type="submit">${words.add}</button>
      </div>
    </form>
  `;
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
