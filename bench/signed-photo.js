import sharp from 'sharp';
import { captured, onIngredient } from '../fixtures/build/signing/actions.js';
import { sign } from '../fixtures/build/signing/sign.js';
import { withTimestampAuthority } from '../fixtures/build/signing/tsa.js';

/**
 * Returns a photo of some 190 kB, signed by a camera and again by an editor, both with a timestamp. Noise gives the
 * picture data the size of a photo's. Needs openssl.
 */
export async function signedPhoto() {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 };
  const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: 'grey', noise } });
  const bytes = await picture.jpeg({ quality: 88 }).toBuffer();
  const mimeType = 'image/jpeg';
  const signed = await withTimestampAuthority(async (tsaUrl) => {
    const camera = await sign({ bytes, mimeType, title: 'camera.jpg', actions: [captured()], tsaUrl });
    const parent = {
      title: 'camera.jpg',
      bytes: camera.asset,
      mimeType,
      relationship: 'parentOf',
      id: 'camera',
    };
    const actions = [onIngredient('c2pa.opened', 'camera'), { action: 'c2pa.color_adjustments' }];
    return sign({
      bytes: camera.asset,
      mimeType,
      title: 'photo.jpg',
      actions,
      ingredients: [parent],
      tsaUrl,
    });
  });
  return signed.asset;
}
