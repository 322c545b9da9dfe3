const SECRET = /pass|secret|token|key/i;

/** A URL fit to be printed: without its password and secret parameters. What is no URL is not shown at all, since a secret may stand anywhere in it. */
export const maskUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.host) return '(not a URL)';
  if (url.password !== '') url.password = '***';
  for (const name of new Set(url.searchParams.keys())) if (SECRET.test(name)) url.searchParams.set(name, '***');
  return url.href;
};
