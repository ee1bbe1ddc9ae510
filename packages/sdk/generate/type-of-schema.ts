/** JSON Schema as TypeScript types: as much of it as the contracts of the SDK use; throws on anything else. */
export type Schema = {
  type?: string | string[] | undefined;
  $ref?: string | undefined;
  enum?: unknown[] | undefined;
  anyOf?: Schema[] | undefined;
  oneOf?: Schema[] | undefined;
  items?: Schema | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  additionalProperties?: Schema | boolean | undefined;
  description?: string | undefined;
};

const simple: Record<string, string> = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' };

const union = (parts: readonly string[]): string => [...new Set(parts)].join(' | ');

const objectType = ({ properties, required = [], additionalProperties }: Schema, refs: Refs, indent: string): string => {
  if (!properties)
    return typeof additionalProperties === 'object' ? `{ [name: string]: ${typeOf(additionalProperties, refs, indent)} }` : '{ [name: string]: unknown }';
  const inner = `${indent}  `;
  const lines = Object.entries(properties).flatMap(([name, schema]) => {
    const optional = !required.includes(name);
    const type = `${typeOf(schema, refs, inner)}${optional ? ' | undefined' : ''}`;
    return [...(schema.description ? [`${inner}/** ${schema.description} */`] : []), `${inner}${name}${optional ? '?' : ''}: ${type};`];
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
};

/** Names of what `$ref` points at. */
export type Refs = Readonly<Record<string, string>>;

/** The type a schema describes, without its name. */
export const typeOf = (schema: Schema, refs: Refs, indent = ''): string => {
  const named = schema.$ref === undefined ? undefined : refs[schema.$ref];
  if (named) return named;
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value).replaceAll('"', "'")));
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts) return union(parts.map((part) => typeOf(part, refs, indent)));
  if (schema.type === 'object') return objectType(schema, refs, indent);
  if (schema.type === 'array' && schema.items) {
    const item = typeOf(schema.items, refs, indent);
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  const types = [schema.type ?? []].flat().map((type) => simple[type]);
  if (types.length > 0 && types.every((type) => type !== undefined)) return union(types);
  throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
};
