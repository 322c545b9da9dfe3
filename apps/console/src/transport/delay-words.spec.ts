import { expect, it } from '@jest/globals';
import { delayWords } from './delay-words.js';

it.each([
  [undefined, 'none', 'not known'],
  [0, 'good', 'on time'],
  [-120, 'good', 'on time'],
  [180, 'warn', '3 min late'],
  [-240, 'warn', '4 min early'],
  [301, 'bad', '5 min late'],
])('%p s is %s: %s', (delay, level, text) => expect(delayWords(delay)).toEqual({ level, text }));
