import { useEffect, useState } from 'react';
import { get } from './request.js';

export type Resource<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

/** A document of the API, fetched again whenever the path changes; the last one stays meanwhile. */
export const useResource = <T>(path: string): Resource<T> => {
  const [resource, setResource] = useState<Resource<T>>({ state: 'loading' });

  useEffect(() => {
    let wanted = true;
    get<T>(path).then(
      (value) => {
        if (wanted) setResource({ state: 'ready', value });
      },
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        if (wanted) setResource((last) => (last.state === 'ready' ? last : { state: 'failed', message }));
      },
    );
    return () => {
      wanted = false;
    };
  }, [path]);

  return resource;
};
