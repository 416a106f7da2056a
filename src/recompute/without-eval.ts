/** Imported before any schema is made: none is compiled by `new Function`, which a strict page forbids. */
import { config } from 'zod';

config({ jitless: true });
