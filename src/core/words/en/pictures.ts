import type { PictureWords } from '../pictures.js';

export const pictures: PictureWords = {
  previewAlt: 'Small picture of this file',
  frameAlt: 'Small picture of one frame of this video',
  thumbnailAlt: 'Picture kept in the Content Credentials',
  storedAlt: 'Small picture stored in the EXIF data',
  stepAlt: 'Picture kept of this step',
  preview: 'This file, made small',
  previewOfVideo: 'One frame of this video, made small',
  thumbnail: 'Kept in the Content Credentials by whoever signed them',
  thumbnailOfAltered:
    'Kept in the Content Credentials. The file is no longer what they were made for; this picture may show what it was.',
  stored: 'Stored small in the EXIF data, as cameras and editors do',
  damaged: 'The file is damaged: this is what could be decoded of it.',
  noPreview: 'No preview: ',
  noThumbnail: 'The picture in the Content Credentials could not be shown: ',
  noStored: 'The small picture in the EXIF data could not be shown: ',
  about: 'To look at and compare: small copies, in which details are lost.',
  frames: 'Key frames',
  frame: (at) => `at or before ${at}`,
  overlay: 'Lay one over the other',
  slider: 'How much of the file is shown over the picture from the Content Credentials',
  shown: (percent) => `${percent} % of the file`,
  leftOutOfPrint: 'Small pictures of the file are kept with this report; they are left out here.',
  leftOut: 'Some pictures were left out here to keep this page small.',
};
