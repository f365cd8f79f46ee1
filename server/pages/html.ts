/** Text that is HTML: made by {@link html} alone, so that nothing gets in unescaped. */
export interface Markup {
  readonly markup: string;
}

export type Shown = Markup | string | number | undefined | readonly Markup[];

/** HTML with whatever is put into it escaped, but for what is HTML itself. Nothing comes of `undefined`. */
export function html(strings: TemplateStringsArray, ...values: readonly Shown[]): Markup {
  const parts = strings.map((text, index) => text + textOf(values[index]));
  return { markup: parts.join('') };
}

function textOf(value: Shown): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
