'use client';
import { useEffect, useRef } from 'react';

/** What the server tells open pages about, by ids only. */
export type LiveKind = 'score' | 'alert' | 'task' | 'account' | 'import' | 'run' | 'day' | 'model' | 'event' | 'member' | 'delivery';
export type LiveMessage = { kind: LiveKind; ids: string[] };
type Listener = (message: LiveMessage) => void;

type Stream = { source: EventSource | null; listeners: Set<Listener>; missed: boolean };
// One per tab and workspace, because a browser allows six connections to one host over HTTP/1.1.
const streams = new Map<string, Stream>();
const ALL: LiveKind[] = ['score', 'alert', 'task', 'account', 'import', 'run', 'day', 'model', 'event', 'member', 'delivery'];

const open = (workspace: string, stream: Stream): void => {
  if (stream.source || document.hidden) return;
  const source = new EventSource(`/api/v1/w/${encodeURIComponent(workspace)}/live`);
  stream.source = source;
  const tell = (message: LiveMessage) => {
    for (const listener of stream.listeners) listener(message);
  };
  // What changed while nobody listened is unknown: every page reads again.
  const readAgain = () => ALL.forEach((kind) => tell({ kind, ids: [] }));
  source.addEventListener('open', () => {
    if (stream.missed) readAgain();
    stream.missed = false;
  });
  source.addEventListener('resync', readAgain);
  source.addEventListener('message', (event: MessageEvent<string>) => tell(JSON.parse(event.data) as LiveMessage));
  source.addEventListener('error', () => {
    stream.missed = true;
    // The browser retries by itself, except after an answer it takes as final.
    if (source.readyState === EventSource.CLOSED) {
      close(stream);
      setTimeout(() => stream.listeners.size > 0 && open(workspace, stream), 5_000);
    }
  });
};

const close = (stream: Stream): void => {
  if (!stream.source) return;
  stream.source.close();
  stream.source = null;
  stream.missed = true;
};

const subscribe = (workspace: string, listener: Listener): (() => void) => {
  const stream = streams.get(workspace) ?? { source: null, listeners: new Set<Listener>(), missed: false };
  streams.set(workspace, stream);
  stream.listeners.add(listener);
  const follow = () => (document.hidden ? close(stream) : open(workspace, stream));
  document.addEventListener('visibilitychange', follow);
  open(workspace, stream);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    stream.listeners.delete(listener);
    if (stream.listeners.size > 0) return;
    close(stream);
    streams.delete(workspace);
  };
};

/**
 * Calls `onChange` when something of these kinds changed in the workspace, at most once every `quietMs`
 * (300): the first message at once, what follows within the time together at its end. After the page was
 * hidden or the connection lost it is called with no ids, which means: read again.
 */
export const useLive = (workspace: string, kinds: readonly LiveKind[], onChange: (messages: LiveMessage[]) => void, quietMs = 300): void => {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const wanted = kinds.join(',');
  useEffect(() => {
    const own = new Set(wanted.split(','));
    let waiting: LiveMessage[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = () => {
      timer = waiting.length > 0 ? setTimeout(flush, quietMs) : null;
      const messages = waiting;
      waiting = [];
      if (messages.length > 0) latest.current(messages);
    };
    const unsubscribe = subscribe(workspace, (message) => {
      if (!own.has(message.kind)) return;
      waiting.push(message);
      // A microtask later, so that the burst of a reconnection is one call.
      timer ??= setTimeout(flush, 0);
    });
    return () => {
      if (timer) clearTimeout(timer);
      unsubscribe();
    };
  }, [workspace, wanted, quietMs]);
};
