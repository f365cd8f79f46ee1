import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Sharp } from 'sharp';
import { JamzError } from '../../../sdk/protocol/errors.ts';
import { type DrawPhoto, type PhotoSize, photoSizes } from '../../ports/photos.ts';

/** More than phones take, and what fits into 300 MB of memory once unpacked. */
const maxPixels = 64_000_000;
const maxSeconds = 10;

/** One picture at a time, so that a crowd of them neither fills the memory nor takes every thread. */
export function sharpPhotos(): DrawPhoto {
  sharp.cache(false);
  sharp.concurrency(1);
  let last: Promise<unknown> = Promise.resolve();
  return (image) => {
    const drawn = last.then(() => draw(image));
    last = drawn.catch(() => undefined);
    return drawn;
  };
}

async function draw(image: Uint8Array): Promise<Record<PhotoSize, Uint8Array>> {
  // By content, whatever the sender calls it: libvips reads more formats than a stranger should reach.
  const type = await fileTypeFromBuffer(image);
  if (!type || !accepted.has(type.mime)) {
    throw unsupported(`This is ${type ? type.mime : 'no picture we know'}`);
  }
  try {
    const { width = 0, height = 0 } = await sharp(image, { limitInputPixels: false }).metadata();
    if (width * height > maxPixels) {
      const megapixels = Math.floor(maxPixels / 1e6);
      throw new JamzError('too-large', `Pictures may have up to ${megapixels} megapixels`);
    }
    const largest = await square(image, Math.max(...photoSizes))
      .png()
      .toBuffer();
    const [small, middle, large] = await Promise.all(
      photoSizes.map((size) => square(largest, size).webp({ quality: 80 }).toBuffer()),
    );
    if (!small || !middle || !large) throw new Error('A size is missing');
    return { 96: small, 256: middle, 640: large };
  } catch (cause) {
    if (cause instanceof JamzError) throw cause;
    throw unsupported('This picture cannot be read', cause);
  }
}

/** Without asking for metadata to be kept, none is. */
function square(image: Uint8Array, size: number): Sharp {
  return sharp(image, { limitInputPixels: maxPixels, failOn: 'error', pages: 1 })
    .timeout({ seconds: maxSeconds })
    .autoOrient()
    .resize(size, size, { fit: 'cover', position: 'centre' })
    .toColourspace('srgb');
}

const accepted: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
]);

function unsupported(what: string, cause?: unknown): JamzError {
  return new JamzError('unsupported-type', `${what}. Choose a JPEG, PNG, WebP, AVIF or GIF.`, {
    cause,
  });
}
