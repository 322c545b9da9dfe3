import type { Translation } from './contract.js';

/** What a sentence speaks of. */
export interface Said {
  readonly line: string;
  readonly count: number;
  /** Clock times, such as `21:10, 21:25`. */
  readonly times: string;
}

type Sentence = (said: Said) => string;
/** BCP 47: the languages of spectators' feeds. */
type Sentences = Readonly<Record<'en' | 'fr' | 'de' | 'it', Sentence>>;

export interface ChangeWords {
  readonly header: Sentences;
  readonly description: Sentences;
}

export const changeWords: Readonly<Record<'canceled' | 'added', ChangeWords>> = {
  canceled: {
    header: {
      en: ({ line, count }) => `${line}: ${count === 1 ? 'a departure is' : `${count} departures are`} cancelled`,
      fr: ({ line, count }) => `${line} : ${count === 1 ? 'un départ supprimé' : `${count} départs supprimés`}`,
      de: ({ line, count }) => `${line}: ${count === 1 ? 'eine Abfahrt entfällt' : `${count} Abfahrten entfallen`}`,
      it: ({ line, count }) => `${line}: ${count === 1 ? 'una partenza soppressa' : `${count} partenze soppresse`}`,
    },
    description: {
      en: ({ times }) => `Not running: ${times}.`,
      fr: ({ times }) => `Ne circulent pas : ${times}.`,
      de: ({ times }) => `Es fährt nicht: ${times}.`,
      it: ({ times }) => `Non si effettua: ${times}.`,
    },
  },
  added: {
    header: {
      en: ({ line, count }) => `${line}: ${count === 1 ? 'an extra departure' : `${count} extra departures`}`,
      fr: ({ line, count }) =>
        `${line} : ${count === 1 ? 'un départ supplémentaire' : `${count} départs supplémentaires`}`,
      de: ({ line, count }) =>
        `${line}: ${count === 1 ? 'eine zusätzliche Abfahrt' : `${count} zusätzliche Abfahrten`}`,
      it: ({ line, count }) => `${line}: ${count === 1 ? 'una partenza in più' : `${count} partenze in più`}`,
    },
    description: {
      en: ({ times }) => `Also leaving: ${times}.`,
      fr: ({ times }) => `Départs en plus : ${times}.`,
      de: ({ times }) => `Es fährt zusätzlich: ${times}.`,
      it: ({ times }) => `Partenze in più: ${times}.`,
    },
  },
};

export const translate = (sentences: Sentences, said: Said): readonly Translation[] =>
  Object.entries(sentences).map(([language, sentence]) => ({ language, text: sentence(said) }));
