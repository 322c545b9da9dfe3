/** A payload as it can be shown: what would not be seen, or would turn the writing around, as a box. */
export const visibleText = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '\u25a1');
