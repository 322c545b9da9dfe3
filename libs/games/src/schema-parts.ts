import { z } from 'zod';

export const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'an id of a-z, 0-9, _ and -');
export const ratio = z.number().min(0).max(1);
export const positive = z.number().positive();
export const notNegative = z.number().min(0);
export const civilTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'a civil time such as 2005-07-24T00:30');
export const civilDate = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'a date such as 2005-07-24');
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 05:30');
export const pointId = z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/, 'a point such as main.active_power');
