import { parseEnvironment, Port, sharedEnvironment } from '@tideline/contracts/environment';
import * as z from 'zod';

const Env = z.object({
  ...sharedEnvironment,
  API_PORT: Port.default(3001),
  HOST: z.string().default('127.0.0.1'),
  /** How many reverse proxies stand in front: from whose word the caller's address is taken. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(5).default(0),
});
export type Env = z.output<typeof Env>;

/** The environment, parsed once at boot; throws with every fault named. */
export const readEnv = (): Env => parseEnvironment(Env, process.env);
