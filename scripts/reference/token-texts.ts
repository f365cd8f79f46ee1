/** What the tokens of every element are for. */
export const tokenTexts: Readonly<Record<string, string>> = {
  '--jamz-accent': 'buttons, progress, focus',
  '--jamz-on-accent': 'text and icons on the accent',
  '--jamz-danger': 'errors and what cannot be undone',
  '--jamz-surface': 'the ground; every grey is mixed from it and the text',
  '--jamz-text': 'text and icons',
  '--jamz-radius': 'corners of the frame; smaller ones follow',
  '--jamz-space': 'the step of all distances',
  '--jamz-font': 'the font; without it, the page’s',
};
