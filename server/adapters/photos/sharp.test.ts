import { equal, ok, rejects } from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { photoSizes } from '../../ports/photos.ts';
import { sharpPhotos } from './sharp.ts';

const draw = sharpPhotos();

/** Red on the left, blue on the right. */
const wide = sharp({
  create: { width: 600, height: 300, channels: 3, background: '#0000ff' },
}).composite([
  {
    input: { create: { width: 300, height: 300, channels: 3, background: '#ff0000' } },
    left: 0,
    top: 0,
  },
]);

describe('photos drawn by sharp', () => {
  it('are squares of WebP in each size', async () => {
    const drawn = await draw(await wide.clone().jpeg().toBuffer());
    for (const size of photoSizes) {
      const { format, width, height } = await sharp(drawn[size]).metadata();
      equal(`${format} ${width}x${height}`, `webp ${size}x${size}`);
      ok(drawn[size].length < 40_000);
    }
  });

  it('[FS4] say nothing of where and with what they were taken', async () => {
    const located = await wide
      .clone()
      .withExif({ IFD0: { Make: 'Camera', Artist: 'Ana' }, IFD3: { GPSLatitude: '48/1 8/1 0/1' } })
      .jpeg()
      .toBuffer();
    ok(located.includes('Camera'));
    const drawn = await draw(located);
    for (const size of photoSizes) {
      const { exif, xmp, iptc, icc } = await sharp(drawn[size]).metadata();
      equal(exif ?? xmp ?? iptc ?? icc, undefined);
      ok(!Buffer.from(drawn[size]).includes('Camera'));
    }
  });

  it('stand upright as the camera was held', async () => {
    const turned = await wide.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const drawn = await draw(turned);
    const { data, info } = await sharp(drawn[96]).raw().toBuffer({ resolveWithObject: true });
    const redAt = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0;
    // Turned by a quarter, red is above.
    ok(redAt(48, 10) > 200 && redAt(48, 85) < 60);
  });

  it('are not drawn from more pixels than a camera takes', async () => {
    const bomb = await sharp({
      create: { width: 12_000, height: 12_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    ok(bomb.length < 2_000_000);
    await rejects(draw(bomb), { code: 'too-large' });
  });

  const others: readonly (readonly [what: string, bytes: () => Promise<Uint8Array>])[] = [
    ['SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image/></svg>')],
    ['a text', async () => Buffer.from('hello')],
    ['nothing', async () => new Uint8Array()],
    ['TIFF', async () => wide.clone().tiff().toBuffer()],
    ['half a picture', async () => (await wide.clone().jpeg().toBuffer()).subarray(0, 900)],
  ];
  for (const [what, bytes] of others) {
    it(`are not drawn from ${what}`, async () => {
      await rejects(draw(await bytes()), { code: 'unsupported-type' });
    });
  }

  it('are drawn from every kind that browsers show', async () => {
    for (const bytes of [
      await wide.clone().png().toBuffer(),
      await wide.clone().webp().toBuffer(),
      await wide.clone().avif().toBuffer(),
      await wide.clone().gif().toBuffer(),
    ]) {
      equal((await sharp((await draw(bytes))[96]).metadata()).width, 96);
    }
  });
});
