import type { DeclaredToken, Knob } from './knobs.ts';

/** A line for each knob; `turn` is told a value, or undefined for what goes without saying. */
export function knobForm(
  knobs: readonly Knob[],
  turn: (name: string, value: string | undefined) => void,
): readonly HTMLElement[] {
  return knobs.map((knob) => {
    const line = document.createElement('label');
    line.className = 'knob';
    line.title = knob.hint;
    const name = document.createElement('span');
    name.textContent = knob.name;
    const input = inputFor(knob);
    input.addEventListener('input', () => turn(knob.name, chosenIn(input)));
    line.append(name, input);
    return line;
  });
}

/** The eight public tokens: colours to pick, lengths and a font to write. */
export function tokenForm(
  tokens: readonly DeclaredToken[],
  turn: (name: string, value: string | undefined) => void,
): readonly HTMLElement[] {
  return tokens.map(({ name, description = '', default: usual = '' }) => {
    const line = document.createElement('div');
    line.className = 'knob';
    line.title = description;
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.id = `token${name}`;
    label.htmlFor = input.id;
    label.textContent = name.replace('--jamz-', '');
    const isColour = !/radius|space|font|height/u.test(name);
    // Where nothing was turned a colour shows what it is on light ground.
    const initial = isColour ? (/#[0-9a-f]{6}/u.exec(usual)?.[0] ?? '#000000') : '';
    if (isColour) input.type = 'color';
    else input.placeholder = 'as it is';
    input.value = initial;
    const reset = document.createElement('button');
    reset.type = 'button';
    reset.className = 'reset';
    reset.textContent = '×';
    reset.ariaLabel = `Leave ${name} as it is`;
    reset.hidden = true;
    input.addEventListener('input', () => {
      reset.hidden = input.value === '';
      turn(name, input.value || undefined);
    });
    reset.addEventListener('click', () => {
      input.value = initial;
      reset.hidden = true;
      input.focus();
      turn(name, undefined);
    });
    line.append(label, reset, input);
    return line;
  });
}

function inputFor(knob: Knob): HTMLInputElement | HTMLSelectElement {
  if (knob.kind === 'choice') {
    const select = document.createElement('select');
    select.append(...['', ...knob.values].map((value) => new Option(value || 'as it is', value)));
    return select;
  }
  const input = document.createElement('input');
  if (knob.kind === 'flag') input.type = 'checkbox';
  if (knob.kind === 'number') {
    input.type = 'number';
    input.step = 'any';
  }
  if (knob.kind !== 'flag') input.placeholder = 'as it is';
  return input;
}

function chosenIn(input: HTMLInputElement | HTMLSelectElement): string | undefined {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') {
    return input.checked ? '' : undefined;
  }
  return input.value || undefined;
}
