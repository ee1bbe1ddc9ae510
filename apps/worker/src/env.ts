import { optional, parseEnvironment, Port, sharedEnvironment } from '@tideline/contracts/environment';
import * as z from 'zod';

const Env = z.object({
  ...sharedEnvironment,
  /** Where /live and /ready answer; absent: nowhere. */
  WORKER_PORT: optional(Port),
  WORKER_HOST: z.string().default('127.0.0.1'),
});
export type Env = z.output<typeof Env>;

/** The environment, parsed once at boot; throws with every fault named. */
export const readEnv = (): Env => parseEnvironment(Env, process.env);
