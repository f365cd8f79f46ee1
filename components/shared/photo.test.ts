import { expect } from '@open-wc/testing';
import { photoUrl } from '../../sdk/index.ts';
import { photoAddress } from './photo.ts';

describe('the address of a picture', () => {
  const jamz = { server: 'https://jamz.example' };

  it('is the one that the SDK says', () => {
    expect(photoAddress(jamz, 'a b', 256)).to.equal(photoUrl(jamz, 'a b', 256));
    expect(photoAddress(jamz, 'p')).to.equal(photoUrl(jamz, 'p', 96));
  });

  it('is none without a picture', () => {
    expect(photoAddress(jamz, null)).to.equal(undefined);
    expect(photoAddress(undefined, 'p')).to.equal(undefined);
  });
});
