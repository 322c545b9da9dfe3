import { expect, it } from '@jest/globals';
import { visibleText } from './visible-text.js';

it('shows what would not be seen', () => {
  expect(visibleText('a\0b\u202ec\u200bd é 😀')).toBe('a□b□c□d é 😀');
});
