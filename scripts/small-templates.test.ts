import { equal } from 'node:assert/strict';
import { describe, it } from 'node:test';
import { smallCss, smallHtml } from './small-templates.ts';

describe('templates made small', () => {
  it('keep a space between inline elements', () => {
    equal(smallHtml('<b>a</b>\n      <i>b</i>'), '<b>a</b> <i>b</i>');
  });

  it('keep the spaces that mean something in a style sheet', () => {
    const css = `
      /* why */
      .a  .b > c:not(.d) {
        inset: 0 calc(1em + 2px);
        color: light-dark(#fff, #000);
      }
    `;
    equal(smallCss(css), '.a .b>c:not(.d){inset:0 calc(1em + 2px);color:light-dark(#fff,#000)}');
  });

  it('drop what numbers and brackets do not need, and keep a star that selects', () => {
    equal(
      smallCss('.a * .b { margin: 0 calc(var(--s) * -0.75) 10.5em rgb( 0 0 0 / 0.5 ); }'),
      '.a * .b{margin:0 calc(var(--s)*-.75) 10.5em rgb(0 0 0 / .5)}',
    );
  });

  it('keep a descendant apart from its ancestor before a pseudo-class', () => {
    equal(smallCss('a :hover { x: y; }'), 'a :hover{x:y}');
  });
});
