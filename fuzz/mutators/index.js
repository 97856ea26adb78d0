import {
  cutOff,
  filledRange,
  flippedBits,
  oddBytes,
  otherDigits,
  repeatedRange,
  swappedRanges,
  withNoise,
  withoutRange,
} from './bytes.js';
import { deepContent, hostileText, otherPunctuation } from './contents.js';
import { lyingNumbers } from './numbers.js';
import {
  emptiedPart,
  joinedFiles,
  movedPart,
  nestedPart,
  repeatedPart,
  splicedPart,
  withoutPart,
} from './parts.js';

/** Mutators that find more faults are listed twice or more. */
export const MUTATORS = [
  lyingNumbers,
  lyingNumbers,
  lyingNumbers,
  lyingNumbers,
  repeatedPart,
  withoutPart,
  emptiedPart,
  movedPart,
  nestedPart,
  nestedPart,
  splicedPart,
  splicedPart,
  joinedFiles,
  deepContent,
  deepContent,
  hostileText,
  hostileText,
  otherPunctuation,
  otherDigits,
  flippedBits,
  oddBytes,
  filledRange,
  withoutRange,
  repeatedRange,
  withNoise,
  cutOff,
  swappedRanges,
];
