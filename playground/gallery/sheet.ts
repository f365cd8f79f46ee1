import { type ElementState, type ElementStates, stage } from 'trafficjamz/components/states';
import { type Choices, writeChoices } from './choices.ts';

/** One element's sheet: a cell for each of its states. */
export function sheetOf(
  states: ElementStates,
  choices: Choices,
): { readonly sheet: HTMLElement; readonly filled: Promise<unknown> } {
  const sheet = document.createElement('section');
  sheet.className = 'sheet';
  sheet.id = states.tag;
  const heading = document.createElement('h2');
  heading.textContent = `<${states.tag}>`;
  const cells = document.createElement('div');
  cells.className = `cells ${choices.width}`;
  cells.dir = choices.dir;
  cells.lang = choices.lang;
  const filled: Promise<void>[] = [];
  for (const state of states.states) {
    const cell = cellOf(states, state, choices);
    if (!state.overlayPx) filled.push(fill(cell, states, state));
    cells.append(cell);
  }
  sheet.append(heading, cells);
  return { sheet, filled: Promise.all(filled) };
}

/** A state alone, with nothing around it. */
export async function showAlone(
  states: ElementStates,
  state: ElementState,
  page: HTMLElement,
): Promise<void> {
  const { element, settled } = stage(states, state);
  page.replaceChildren(element);
  await settled();
}

function cellOf(states: ElementStates, state: ElementState, choices: Choices): HTMLElement {
  const cell = document.createElement('figure');
  cell.className = 'cell';
  cell.id = `${states.tag}-${state.name}`;
  const caption = document.createElement('figcaption');
  caption.textContent = state.name.replaceAll('-', ' ');
  cell.append(caption);
  if (state.overlayPx) cell.append(frameOf(states, state, choices, state.overlayPx));
  return cell;
}

async function fill(cell: HTMLElement, states: ElementStates, state: ElementState): Promise<void> {
  cell.setAttribute('aria-busy', 'true');
  const { element, settled } = stage(states, state);
  cell.append(element);
  await settled();
  cell.removeAttribute('aria-busy');
}

/** What opens above its page gets a page of its own. */
function frameOf(
  { tag }: ElementStates,
  state: ElementState,
  choices: Choices,
  heightPx: number,
): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = `${tag}, ${state.name}`;
  frame.height = String(heightPx);
  frame.loading = 'lazy';
  frame.src = `/gallery${writeChoices({ ...choices, find: '', element: tag, state: state.name })}`;
  return frame;
}
