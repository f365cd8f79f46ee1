/** One form of a counted thing for each category of a language's plurals; `{}` stands for the number. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

/** Says how many there are, in the plural's form and with the digits of one language: `3 titres`. */
export type Counted = (count: number, forms: Forms) => string;

/** @param locale a BCP 47 tag of which the platform knows plurals and digits */
export function counted(locale: string): Counted {
  const plurals = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (count, forms) =>
    (forms[plurals.select(count)] ?? forms.other).replace('{}', number.format(count));
}
