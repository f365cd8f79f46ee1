import { expect } from '@open-wc/testing';
import { initials } from './initials.ts';

describe('initials', () => {
  it('makes initials of the first and the last name', () => {
    expect(['Ana Novak', 'bo', ' Ada  de la Cruz ', ''].map(initials)).to.deep.equal([
      'AN',
      'B',
      'AC',
      '?',
    ]);
  });
});
