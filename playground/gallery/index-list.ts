import type { ElementStates } from 'trafficjamz/components/states';

/** The elements and states whose name has what is looked for in it. */
export function matching(all: readonly ElementStates[], find: string): readonly ElementStates[] {
  const words = find.toLowerCase().split(/\s+/u).filter(Boolean);
  return all.flatMap((element) => {
    const states = element.states.filter(({ name }) =>
      words.every((word) => `${element.tag} ${name}`.includes(word)),
    );
    return states.length === 0 ? [] : [{ ...element, states }];
  });
}

/** Fills the index: an element a line, its states beneath. */
export function showIndex(list: HTMLElement, elements: readonly ElementStates[]): void {
  list.replaceChildren(
    ...elements.map(({ tag, states }) => {
      const line = document.createElement('li');
      const inner = document.createElement('ul');
      inner.append(
        ...states.map(({ name }) => {
          const state = document.createElement('li');
          state.append(link(`${tag}-${name}`, name.replaceAll('-', ' ')));
          return state;
        }),
      );
      line.append(link(tag, tag.replace('jamz-', '')), inner);
      return line;
    }),
  );
}

function link(id: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = `#${id}`;
  anchor.textContent = text;
  return anchor;
}
