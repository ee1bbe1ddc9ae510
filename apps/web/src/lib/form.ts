'use client';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm, type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import type * as z from 'zod';
import { ApiProblem } from './request.ts';

/** A form that checks with the very schema the server checks with. Shows what is wrong on leaving a field, then while typing. */
export const useContractForm = <S extends z.ZodType<FieldValues, FieldValues>>(
  schema: S,
  defaultValues: DefaultValues<z.input<S>>,
): UseFormReturn<z.input<S>, unknown, z.output<S>> =>
  useForm<z.input<S>, unknown, z.output<S>>({ resolver: zodResolver(schema), defaultValues, mode: 'onTouched' });

/** Puts a refusal where it belongs: beside the fields the server named, else at the form's head. A bug is thrown on. */
export const showProblem = <I extends FieldValues, O extends FieldValues>(form: UseFormReturn<I, unknown, O>, error: unknown): void => {
  if (!(error instanceof ApiProblem)) throw error;
  const known = new Set(Object.keys(form.getValues()));
  const named = error.errors
    .map(({ path, message }) => ({ name: path.replace(/^body\./, ''), message }))
    .filter(({ name }) => known.has(name.split('.')[0] ?? ''));
  for (const { name, message } of named) form.setError(name as FieldPath<I>, { message });
  if (named.length === 0) form.setError('root', { message: error.message });
};
