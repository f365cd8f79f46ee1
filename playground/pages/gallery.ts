import 'trafficjamz/components/define';
import { everyElement } from 'trafficjamz/components/states';
import { byId } from '../by-id.ts';
import { type Choices, readChoices, writeChoices } from '../gallery/choices.ts';
import { matching, showIndex } from '../gallery/index-list.ts';
import { sheetOf, showAlone } from '../gallery/sheet.ts';

let choices: Choices = readChoices(location.search);
const alone = everyElement.find(({ tag }) => tag === choices.element);
const state = alone?.states.find(({ name }) => name === choices.state);

document.documentElement.dataset['theme'] = choices.theme;
if (alone && state) {
  document.documentElement.dataset['alone'] = 'state';
  document.body.dir = choices.dir;
  document.body.lang = choices.lang;
  await showAlone(alone, state, document.body);
} else {
  if (alone) document.documentElement.dataset['alone'] = 'sheet';
  connect(byId<HTMLFormElement>('choices'), byId<HTMLInputElement>('filter'));
  show();
}

function connect(form: HTMLFormElement, filter: HTMLInputElement): void {
  checkRadios(form);
  const language = form.querySelector('select');
  if (language) language.value = choices.lang;
  form.addEventListener('change', ({ target }) => {
    choices = { ...choices, ...readChoicesOf(form) };
    if (target === language) choices = { ...choices, dir: choices.lang === 'ar' ? 'rtl' : 'ltr' };
    checkRadios(form);
    document.documentElement.dataset['theme'] = choices.theme;
    show();
  });
  filter.value = choices.find;
  filter.addEventListener('input', () => {
    choices = { ...choices, find: filter.value };
    show();
  });
}

function checkRadios(form: HTMLFormElement): void {
  for (const name of ['theme', 'width', 'dir'] as const) {
    const chosen = form.querySelector<HTMLInputElement>(`[name=${name}][value=${choices[name]}]`);
    if (chosen) chosen.checked = true;
  }
}

function readChoicesOf(form: HTMLFormElement): Pick<Choices, 'theme' | 'width' | 'dir' | 'lang'> {
  const { theme, width, dir, lang } = readChoices(
    new URLSearchParams(
      [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
  );
  return { theme, width, dir, lang };
}

function show(): void {
  history.replaceState(null, '', `${location.pathname}${writeChoices(choices)}${location.hash}`);
  const shown = matching(alone ? [alone] : everyElement, choices.find);
  showIndex(byId('index'), shown);
  const sheets = byId('sheets');
  for (const old of sheets.querySelectorAll('.sheet')) old.remove();
  for (const states of shown) {
    const { sheet, filled } = sheetOf(states, choices);
    sheets.append(sheet);
    void filled.then(() => giveBackFocus(sheet));
  }
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** Some states put the cursor into a field, which must not carry the visitor there. */
function giveBackFocus(sheet: HTMLElement): void {
  const { activeElement } = document;
  if (navigator.userActivation?.hasBeenActive) return;
  if (!(activeElement instanceof HTMLElement) || !sheet.contains(activeElement)) return;
  activeElement.blur();
  const chosen = document.getElementById(location.hash.slice(1));
  if (chosen) chosen.scrollIntoView();
  else scrollTo(0, 0);
}
