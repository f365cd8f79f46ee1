import { expect } from '@open-wc/testing';
import { html, render } from 'lit';
import { type StyleProperties, setStyle } from './set-style.ts';

describe('setStyle', () => {
  it('sets, changes and takes away properties, and writes no attribute by itself', () => {
    const box = document.createElement('div');
    const show = (properties: StyleProperties): void => {
      render(html`<p ${setStyle(properties)}></p>`, box);
    };
    const style = (): CSSStyleDeclaration | undefined => box.querySelector('p')?.style;

    show({ translate: '0px 8px', '--_share': '40%' });
    expect(style()?.translate).to.equal('0px 8px');
    expect(style()?.getPropertyValue('--_share')).to.equal('40%');

    show({ translate: '0px 9px' });
    expect(style()?.translate).to.equal('0px 9px');
    expect(style()?.getPropertyValue('--_share')).to.equal('');
  });
});
