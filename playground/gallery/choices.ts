/** How the gallery is looked at; kept in the address, so that a sheet can be sent to somebody. */
export interface Choices {
  readonly theme: 'light' | 'auto' | 'dark';
  readonly width: 'narrow' | 'wide';
  readonly dir: 'ltr' | 'rtl';
  readonly lang: 'en' | 'de' | 'es' | 'fr' | 'ar';
  /** Only elements or states with this in their name. */
  readonly find: string;
  /** One element's sheet, alone on the page. */
  readonly element: string | undefined;
  /** With `element`: one state, alone on the page, as those that open above it need. */
  readonly state: string | undefined;
}

/** Reads choices from an address's query; what it does not know is as if it were not there. */
export function readChoices(query: string): Choices {
  const asked = new URLSearchParams(query);
  return {
    theme: oneOf(asked.get('theme'), ['auto', 'light', 'dark']),
    width: oneOf(asked.get('width'), ['narrow', 'wide']),
    dir: oneOf(asked.get('dir'), ['ltr', 'rtl']),
    lang: oneOf(asked.get('lang'), ['en', 'de', 'es', 'fr', 'ar']),
    find: asked.get('find') ?? '',
    element: asked.get('element') ?? undefined,
    state: asked.get('state') ?? undefined,
  };
}

/** The query for some choices, without what goes without saying. */
export function writeChoices(choices: Choices): string {
  const usual = readChoices('');
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(choices)) {
    if (value !== undefined && value !== usual[name as keyof Choices]) query.set(name, value);
  }
  return query.size === 0 ? '' : `?${query}`;
}

function oneOf<Value extends string>(
  value: string | null,
  known: readonly [Value, ...Value[]],
): Value {
  return known.find((one) => one === value) ?? known[0];
}
