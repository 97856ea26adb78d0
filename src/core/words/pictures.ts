/** What stands beside the small pictures of a page. They are to look at. */
export interface PictureWords {
  /** Of the picture in the first section, for whoever does not see it: what it is, not what it shows. */
  previewAlt: string;
  frameAlt: string;
  thumbnailAlt: string;
  storedAlt: string;
  stepAlt: string;
  preview: string;
  previewOfVideo: string;
  thumbnail: string;
  /** Where the file is no longer as it was signed. */
  thumbnailOfAltered: string;
  stored: string;
  damaged: string;
  /** Before the reason. */
  noPreview: string;
  noThumbnail: string;
  noStored: string;
  about: string;
  frames: string;
  /** `at`: `0:12`. */
  frame(at: string): string;
  /** Said by the script: one picture over the other. */
  overlay: string;
  slider: string;
  /** `percent`: of the width. */
  shown(percent: string): string;
  /** In one file: what was left out to keep it small. */
  leftOut: string;
  /** On paper: none of them is there. */
  leftOutOfPrint: string;
}
