import 'trafficjamz/components/define';
import type { JamzGroup } from 'trafficjamz/components';
import { byId } from '../by-id.ts';
import { connectTheme } from '../panel/theme.ts';
import { EventLog } from '../story/event-log.ts';
import { demoAssistant } from '../workbench/demo-assistant.ts';
import { knobForm, tokenForm } from '../workbench/knob-form.ts';
import { type Declared, elementsIn, knobsOf, type Manifest } from '../workbench/knobs.ts';
import { type Dialect, type Made, snippet } from '../workbench/snippets.ts';

const group = byId<JamzGroup>('group');
const stage = byId('stage');
const code = byId('code');
const log = new EventLog(byId('log'));
const manifest: Manifest = await (await fetch('/cdn/custom-elements.json')).json();
const elements = elementsIn(manifest);
const asked = new URLSearchParams(location.search).get('element') ?? '';
let made: Made = madeOf(elements.has(asked) ? asked : 'jamz-player');

// What scrolls must be reachable by keyboard.
Object.assign(byId('code-box'), { tabIndex: 0, role: 'region', ariaLabel: 'The code' });
connectPick(byId<HTMLSelectElement>('pick'));
connectStage(byId<HTMLFormElement>('around'));
connectCopy(byId('dialects'), byId<HTMLButtonElement>('copy'), byId('copied'));
connectTheme(byId('theme'), localStorage);
listenToAll();
show();

function madeOf(tag: string): Made {
  return { tag, attributes: {}, tokens: {}, server: location.origin, site: 'pk_demo' };
}

function connectPick(pick: HTMLSelectElement): void {
  pick.append(...[...elements.keys()].map((tag) => new Option(`<${tag}>`, tag)));
  pick.value = made.tag;
  pick.addEventListener('change', () => {
    made = madeOf(pick.value);
    history.replaceState(null, '', `?element=${made.tag}`);
    show();
  });
}

/** Another element: its knobs, and itself on the stage. */
function show(): void {
  const declared: Declared = elements.get(made.tag) ?? {};
  byId('about').textContent = declared.description ?? '';
  byId('attributes').replaceChildren(
    ...knobForm(knobsOf(declared), (name, value) => {
      made = { ...made, attributes: withOne(made.attributes, name, value) };
      if (value === undefined) stage.firstElementChild?.removeAttribute(name);
      else stage.firstElementChild?.setAttribute(name, value);
      write();
    }),
  );
  byId('tokens').replaceChildren(
    ...tokenForm(declared.cssProperties ?? [], (name, value) => {
      made = { ...made, tokens: withOne(made.tokens, name, value) };
      const element = stage.firstElementChild;
      if (element instanceof HTMLElement) element.style.setProperty(name, value ?? null);
      write();
    }),
  );
  const element = document.createElement(made.tag);
  if (made.tag === 'jamz-ai-chat') Object.assign(element, { assistant: demoAssistant });
  stage.replaceChildren(element);
  if (made.tag === 'jamz-conflict-dialog') stage.append(noteOnConflicts());
  write();
}

/** The dialog opens for a question alone: two devices that wrote one field at once. */
function noteOnConflicts(): HTMLElement {
  const note = document.createElement('p');
  note.className = 'hint';
  note.textContent =
    'It opens when there is a question: switch the network off, change your name under <jamz-profile> here and in another tab’s tunnel, and come back.';
  return note;
}

function withOne(
  all: Readonly<Record<string, string>>,
  name: string,
  value: string | undefined,
): Readonly<Record<string, string>> {
  const { [name]: _, ...others } = all;
  return value === undefined ? others : { ...others, [name]: value };
}

function write(): void {
  const dialect = document.querySelector<HTMLInputElement>('[name=dialect]:checked')?.value;
  code.textContent = snippet((dialect ?? 'html') as Dialect, made);
}

function connectStage(form: HTMLFormElement): void {
  form.addEventListener('input', () => {
    const chosen = new FormData(form);
    const lang = String(chosen.get('lang'));
    stage.lang = lang;
    stage.dir = lang === 'ar' ? 'rtl' : 'ltr';
    stage.style.inlineSize = `${chosen.get('width')}px`;
    group.jamz?.online(chosen.get('tunnel') === null);
  });
}

function connectCopy(dialects: HTMLElement, copy: HTMLButtonElement, said: HTMLElement): void {
  dialects.addEventListener('change', write);
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      said.textContent = 'Copied';
    } catch {
      // Without permission the person copies by hand.
      getSelection()?.selectAllChildren(code);
      said.textContent = 'Selected: copy it with the keyboard';
    }
  });
}

/** Every event that some element declares, with what it carries. */
function listenToAll(): void {
  const names = [...elements.values()].flatMap(({ events = [] }) => events.map(({ name }) => name));
  for (const name of new Set(names)) {
    group.addEventListener(name, (event) => {
      const detail =
        event instanceof CustomEvent ? JSON.stringify(event.detail, withoutObjects) : '';
      log.add({ key: name, text: `${name} ${detail}` });
    });
  }
}

/** A client or a file says nothing as JSON. */
function withoutObjects(key: string, value: unknown): unknown {
  return key === 'client' ? undefined : value;
}
