import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type KeptText, keptText } from './kept-text.ts';

export interface KeptFormWiring {
  /** Names whose form it is, from `draftKey`; undefined while nobody and nothing is known. */
  readonly key: () => `jamz-${string}` | undefined;
  /** The form as it is drawn now; null while it is closed. */
  readonly form: () => HTMLFormElement | null;
  /** Something was typed before a reload: draws the form, which is filled then. */
  readonly open: () => void;
}

/** Keeps what is typed into a form over a reload, for this tab. Passwords and files never. */
export class FormKeeper implements ReactiveController {
  readonly #wiring: KeptFormWiring;
  readonly #storage: () => Storage;
  #key: string | undefined;
  #kept: KeptText | undefined;
  #form: HTMLFormElement | null = null;

  constructor(
    host: ReactiveControllerHost,
    wiring: KeptFormWiring,
    storage: () => Storage = () => sessionStorage,
  ) {
    this.#wiring = wiring;
    this.#storage = storage;
    host.addController(this);
  }

  hostUpdated(): void {
    const key = this.#wiring.key();
    if (key !== this.#key) {
      this.#key = key;
      this.#kept = key && keptText(this.#storage, key);
      // What stands there is another person's, or another group's.
      this.#form?.reset();
      this.#form = null;
      if (this.#kept?.read()) this.#wiring.open();
    }
    const form = this.#wiring.form();
    if (form === this.#form) return;
    this.#form = form;
    form?.removeEventListener('input', this.#keep);
    form?.addEventListener('input', this.#keep);
    if (form) fill(form, this.#kept?.read() ?? '');
  }

  /** The form was sent, or closed. */
  forget(): void {
    this.#kept?.write('');
  }

  readonly #keep = (): void => {
    const typed = Object.fromEntries(
      this.#form ? textFields(this.#form).map(({ name, value }) => [name, value]) : [],
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
