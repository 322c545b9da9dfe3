import type { NoticeBook } from './notice-book.js';
import type { CheckedTables } from './tables.js';

/** Agencies, and what the feed says of itself. Service dates are `check-calendars.ts`. */
export const checkAgencies = (tables: CheckedTables, book: NoticeBook): void => {
  const file = 'agency.txt';
  const agencies = tables.rowsOf(file);
  const [first] = agencies;
  for (const { line, row } of agencies) {
    if (agencies.length > 1 && row.agency_id === undefined) {
      const message = 'One of several agencies has no agency_id.';
      book.add({ rule: 'missing_required_agency_id', file, row: line, field: 'agency_id', message });
    }
    if (!first) continue;
    const { agency_timezone: zone, agency_lang: lang } = first.row;
    if (row.agency_timezone !== zone) {
      const message = `agency_timezone must be ${zone}, that of the first agency.`;
      const place = { file, row: line, field: 'agency_timezone', value: row.agency_timezone };
      book.add({ rule: 'inconsistent_agency_timezone', ...place, message });
    }
    if (row.agency_lang !== undefined && lang !== undefined && !sameText(row.agency_lang, lang)) {
      const message = `agency_lang is ${lang} in the first agency.`;
      const place = { file, row: line, field: 'agency_lang', value: row.agency_lang };
      book.add({ rule: 'inconsistent_agency_lang', ...place, message });
    }
  }
  const feedLang = tables.rowsOf('feed_info.txt')[0]?.row.feed_lang;
  if (feedLang === undefined || sameText(feedLang, 'mul')) return;
  for (const { line, row } of agencies) {
    if (row.agency_lang === undefined || sameText(row.agency_lang, feedLang)) continue;
    const message = `agency_lang is not the feed_lang ${feedLang}.`;
    const place = { file, row: line, field: 'agency_lang', value: row.agency_lang };
    book.add({ rule: 'feed_info_lang_and_agency_lang_mismatch', ...place, message });
  }
};

export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
