/** Shows another page, as a link to it does. */
export const goTo = (hash: string): void => {
  location.hash = hash;
};
