import { expect } from '@open-wc/testing';
import { wholeSentences } from './sentences.ts';

describe('sentences to read out', () => {
  it('are those that have ended', () => {
    expect(wholeSentences('One. Two! Thr', false)).to.equal('One. Two!');
  });

  it('do not end within a figure or an address', () => {
    expect(wholeSentences('It is 3.5 km to a.example', false)).to.equal('');
  });

  it('are all of it when the answer is over', () => {
    expect(wholeSentences('One. Two', true)).to.equal('One. Two');
  });

  it('come without the marks of Markdown', () => {
    expect(
      wholeSentences('## Now\n- **Bo** asked for [this](https://a.example).\n', false),
    ).to.equal('Now Bo asked for this.');
  });
});
