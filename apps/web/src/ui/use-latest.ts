'use client';
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The value of the last drawing, for functions that never change and are called by events. */
export const useLatest = <T>(value: T): RefObject<T> => {
  const ref = useRef(value);
  useLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
};
