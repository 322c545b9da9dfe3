import type { FeedFiles } from '../archive.js';
import { UNREAD_FILES } from '../schema/carried-tables.js';
import { TABLES } from '../schema/tables.js';
import { listMissingFiles } from './missing-files.js';
import type { NoticeBook } from './notice-book.js';

/** Files that are missing, in the wrong place, empty or unknown. */
export const checkFiles = (feed: FeedFiles, book: NoticeBook): void => {
  for (const notice of listMissingFiles(feed)) book.add(notice);
  for (const [file, bytes] of feed.files) {
    if (TABLES.has(file)) continue;
    if (!UNREAD_FILES.has(file)) book.add({ rule: 'unknown_file', file, message: `GTFS has no file ${file}.` });
    else if (bytes.length === 0) book.add({ rule: 'empty_file', file, message: `${file} is empty.` });
  }
};
