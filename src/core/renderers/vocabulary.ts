import type { Speech } from '../../say/speech.js';
import type { SignalId } from '../signal.js';
import { meaningOf } from '../signals/meaning.js';
import { WORDS } from '../words/all.js';

export const signalMeaning = (id: SignalId, speech: Speech): string => speech.say(meaningOf(id));
export const ourText = (english: string, speech: Speech): string => WORDS[speech.language].ours(english);
