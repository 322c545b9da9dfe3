import { useEffect, useState } from 'react';
import { type Page, readPage } from './page.js';

/** The page of the address, and its next one whenever a link or the browser's history changes it. */
export const usePage = (): Page => {
  const [page, setPage] = useState(() => readPage(location.hash));

  useEffect(() => {
    const follow = () => setPage(readPage(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);

  return page;
};
