import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Profile, User } from '../../sdk/index.ts';
import { face } from '../shared/face.ts';
import type { ProfileWords } from './words.ts';

/** Who one is, and how many questions wait for an answer. */
export function headView(view: {
  readonly words: ProfileWords;
  readonly user: User;
  readonly profile: Profile;
  readonly conflicts: number;
  readonly onConflicts: () => void;
}): TemplateResult {
  const { words, user, profile, conflicts } = view;
  return html`<header class="head">
    ${face({ id: user.id, name: profile.name })}
    <div class="who">
      <h2 class="truncate"><bdi>${profile.name}</bdi></h2>
      <p class="note truncate">${user.guest ? words.guest : (user.email ?? '')}</p>
    </div>
    ${
      conflicts === 0
        ? nothing
        : html`<button class="button badge" part="conflicts" @click=${view.onConflicts}>
            <span class="dot" aria-hidden="true"></span>${words.conflicts(conflicts)}
          </button>`
    }
  </header>`;
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
