const key = 'playground theme';

/** Light, dark, or as the system prefers: kept, and handed on to every element by `color-scheme`. */
export function connectTheme(form: HTMLElement, memory: Storage): void {
  apply(memory.getItem(key) ?? 'auto');
  const chosen = form.querySelector<HTMLInputElement>(
    `input[value="${document.documentElement.dataset['theme']}"]`,
  );
  if (chosen) chosen.checked = true;

  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    memory.setItem(key, target.value);
    apply(target.value);
  });
}

function apply(theme: string): void {
  const known = ['light', 'dark', 'auto'].includes(theme) ? theme : 'auto';
  document.documentElement.dataset['theme'] = known;
  for (const map of document.querySelectorAll('jamz-map, jamz-trip'))
    map.setAttribute('theme', known);
}
