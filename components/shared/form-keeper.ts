import type { ReactiveController, ReactiveElement } from 'lit';
import type { Group } from '../../sdk/index.ts';
import { draftKey, type KeptText, keptText } from './kept-text.ts';

/** Keeps what is typed into a form over a reload, for this tab, person and group. Passwords and files never. */
export class FormKeeper implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #form: string;
  readonly #group: () => Group | undefined;
  readonly #open: () => void;
  readonly #storage: () => Storage;
  #key: string | undefined;
  #kept: KeptText | undefined;
  #shown: HTMLFormElement | null = null;

  /**
   * @param form the form's class; it is not drawn while it is closed
   * @param open draws it, without the focus, which a reload must not take: something was typed before
   */
  constructor(
    host: ReactiveElement,
    form: string,
    group: () => Group | undefined,
    open: () => void,
    storage: () => Storage = () => sessionStorage,
  ) {
    this.#host = host;
    this.#form = form;
    this.#group = group;
    this.#open = open;
    this.#storage = storage;
    host.addController(this);
  }

  /** Where the element comes back to, it is another's or again the one it was: either way it is looked up. */
  hostDisconnected(): void {
    this.#key = undefined;
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    const group = this.#group();
    const key = group && draftKey(this.#form, group);
    if (key !== this.#key) {
      this.#key = key;
      this.#kept = key && keptText(this.#storage, key);
      // What stands there is another person's, or another group's.
      this.#shown?.reset();
      this.#shown = null;
      if (this.#kept?.read()) this.#open();
    }
    const form = this.#host.renderRoot.querySelector<HTMLFormElement>(`form.${this.#form}`);
    if (form === this.#shown) return;
    this.#shown = form;
    form?.addEventListener('input', this.#keep);
    if (form) fill(form, this.#kept?.read() ?? '');
  }

  /** The form was sent, or closed. */
  forget(): void {
    this.#kept?.write('');
  }

  readonly #keep = (): void => {
    const typed = Object.fromEntries(
      this.#shown ? textFields(this.#shown).map(({ name, value }) => [name, value]) : [],
    );
    const isEmpty = Object.values(typed).every((value) => value.trim() === '');
    this.#kept?.write(isEmpty ? '' : JSON.stringify(typed));
  };
}

function fill(form: HTMLFormElement, text: string): void {
  if (text === '') return;
  const kept: unknown = parsed(text);
  if (typeof kept !== 'object' || kept === null) return;
  for (const field of textFields(form)) {
    const value = (kept as Readonly<Record<string, unknown>>)[field.name];
    if (typeof value === 'string') field.value = value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const kinds: ReadonlySet<string> = new Set(['text', 'url', 'email', 'search', 'tel', 'textarea']);

function textFields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement)[] {
  return [...form.elements].filter(
    (field): field is HTMLInputElement | HTMLTextAreaElement =>
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) &&
      field.name !== '' &&
      kinds.has(field.type),
  );
}
