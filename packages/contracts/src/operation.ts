import type { Permission } from '@tideline/domain/role';
import type * as z from 'zod';

export type KeyScope = 'ingest' | 'read' | 'manage';

/**
 * One record per endpoint: validation, reply check, OpenAPI and the browser's client all come from it.
 * `path` is below `/api/v1` for keys and below `/api/v1/w/{workspace}` for sessions; `{name}` marks a parameter.
 * `key` = the scope a machine's key needs (absent: not for keys); `permission` = what a person's role needs
 * (absent: not for sessions).
 */
export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/${string}`;
  summary: string;
  tag: string;
  key?: KeyScope;
  permission?: Permission;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Content types of a body that is streamed to the handler as it is, instead of parsed JSON. */
  upload?: readonly string[];
  /** What a successful answer looks like. A download's handler returns a Response of this content type instead. */
  reply: z.ZodType;
  download?: string;
  /** 200 unless said otherwise. */
  status?: 200 | 201 | 202;
};

export const op = <const O extends Operation>(operation: O): O => operation;

type OutputOf<O, K extends string> = O extends { [P in K]: infer S extends z.ZodType } ? z.output<S> : undefined;
type SentOf<O, K extends string> = O extends { [P in K]: infer S extends z.ZodType } ? z.input<S> : undefined;
export type ParamsOf<O extends Operation> = OutputOf<O, 'params'>;
export type QueryOf<O extends Operation> = OutputOf<O, 'query'>;
export type BodyOf<O extends Operation> = OutputOf<O, 'body'>;
/**
 * What a handler answers. Texts are taken as they come from the database; that they are among the words of
 * the contract is checked when the reply is parsed, always.
 */
export type ReplyOf<O extends Operation> = O extends { download: string } ? Response : Loose<z.input<O['reply']>>;
type Loose<T> = T extends string ? string : T extends readonly (infer I)[] ? Loose<I>[] : T extends object ? { [K in keyof T]: Loose<T[K]> } : T;
/** What the browser sends, before defaults are filled in, and what it gets back. */
export type SentParamsOf<O extends Operation> = SentOf<O, 'params'>;
export type SentQueryOf<O extends Operation> = SentOf<O, 'query'>;
export type SentBodyOf<O extends Operation> = SentOf<O, 'body'>;
export type GotOf<O extends Operation> = z.output<O['reply']>;
