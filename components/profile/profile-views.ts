import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Profile, User } from '../../sdk/index.ts';
import { type Icon, icon } from '../shared/icons.ts';
import { photoView } from './photo-picker.ts';
import type { ProfileWords } from './words.ts';

const chevronIcon: Icon = () => icon(svg`<path d="m7 9.8 5 5 5-5"/>`);

/** Who one is, and how many questions wait for an answer. */
export function headView(view: {
  readonly words: ProfileWords;
  readonly user: User;
  readonly profile: Profile;
  readonly photo: string | undefined;
  readonly sending: boolean;
  readonly problem: string | undefined;
  readonly conflicts: number;
  readonly onConflicts: () => void;
  readonly onPhoto: (file: File) => void;
  readonly onNoPhoto: () => void;
}): TemplateResult {
  const { words, user, profile, conflicts, photo } = view;
  return html`<header class="head">
      ${photoView({
        words,
        person: { id: user.id, name: profile.name, photo },
        busy: view.sending,
        onChoose: view.onPhoto,
      })}
      <div class="who">
        <h2 class="truncate"><bdi>${profile.name}</bdi></h2>
        <p class="note truncate">${user.guest ? words.guest : (user.email ?? '')}</p>
        ${
          photo && !view.sending
            ? html`<button class="link" part="remove-photo" @click=${view.onNoPhoto}>
                ${words.photoRemove}
              </button>`
            : nothing
        }
      </div>
      ${
        conflicts === 0
          ? nothing
          : html`<button class="button badge" part="conflicts" @click=${view.onConflicts}>
              <span class="dot" aria-hidden="true"></span>${words.conflicts(conflicts)}
            </button>`
      }
    </header>
    ${view.problem ? html`<p class="problem" role="alert">${view.problem}</p>` : nothing}`;
}

export function nameForm(view: {
  readonly words: ProfileWords;
  readonly text: string;
  readonly changed: boolean;
  readonly missing: boolean;
  readonly note: string | undefined;
  readonly said: string | undefined;
  readonly onInput: (text: string) => void;
  readonly onSave: () => void;
}): TemplateResult {
  const { words, missing } = view;
  const note = missing ? words.nameMissing : (view.note ?? words.nameHint);
  const typed = ({ target }: InputEvent): void => {
    if (target instanceof HTMLInputElement) view.onInput(target.value);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    view.onSave();
  };
  return html`<form class="field" novalidate @submit=${submit}>
    <label for="name">${words.name}</label>
    <div class="line">
      <input
        class="input"
        id="name"
        maxlength="120"
        autocomplete="nickname"
        required
        dir="auto"
        aria-invalid=${missing ? 'true' : 'false'}
        aria-describedby="name-note"
        .value=${view.text}
        @input=${typed}
      />
      <button class="button ${view.changed ? 'primary' : ''}" part="save" ?disabled=${!view.changed}>
        ${words.save}
      </button>
    </div>
    <p id="name-note" class=${missing ? 'problem' : 'note'}>${note}</p>
    <p class="said" role="status">${view.said}</p>
  </form>`;
}

export function assistantSwitch(view: {
  readonly words: ProfileWords;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}): TemplateResult {
  const { words, on } = view;
  return html`<label class="option" part="assistant">
    <span class="option-text">
      <span>${words.assistant}</span>
      <span class="note" id="assistant-note">${words.assistantHint}</span>
    </span>
    <input
      type="checkbox"
      role="switch"
      class="switch"
      aria-label=${words.assistant}
      aria-describedby="assistant-note"
      .checked=${live(on)}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLInputElement) view.onChange(target.checked);
      }}
    />
  </label>`;
}

/** A line that opens to more. */
export function rowView(view: {
  readonly name: string;
  readonly title: string;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly content: TemplateResult | typeof nothing;
}): TemplateResult {
  const { name, open } = view;
  return html`<section class="row">
    <button
      class="row-button"
      part="row"
      aria-expanded=${open ? 'true' : 'false'}
      aria-controls=${open ? `part-${name}` : nothing}
      data-part=${name}
      @click=${view.onToggle}
    >
      <span>${view.title}</span>${chevronIcon()}
    </button>
    ${open ? html`<div id="part-${name}" role="group" aria-label=${view.title}>${view.content}</div>` : nothing}
  </section>`;
}

/** The way out. What it costs is said first, where it costs something. */
export function signOutView(view: {
  readonly words: ProfileWords;
  readonly warning: string | undefined;
  readonly busy: boolean;
  readonly onOut: () => void;
  readonly onStay: () => void;
}): TemplateResult {
  const { words, warning } = view;
  return warning === undefined
    ? html`<button class="button" part="sign-out" ?disabled=${view.busy} @click=${view.onOut}>
        ${words.signOut}
      </button>`
    : html`<div class="ask" role="alertdialog" aria-label=${words.signOut} aria-describedby="cost">
        <p id="cost">${warning}</p>
        <button class="button stay" @click=${view.onStay}>${words.stay}</button>
        <button class="button danger" ?disabled=${view.busy} @click=${view.onOut}>
          ${words.signOut}
        </button>
      </div>`;
}
