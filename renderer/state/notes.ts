import type { Failure } from '../../shared/contract/result.ts';
import type { Tools } from './tools.ts';

/** Something that a person should know, in the page until it is put away. */
export interface Note {
  readonly key: number;
  readonly tone: 'plain' | 'warn' | 'danger';
  readonly title: string;
  readonly text?: string;
}

export interface NotesSlice {
  readonly notes: readonly Note[];
  noteShown(note: Omit<Note, 'key'>): void;
  noteClosed(key: number): void;
}

/** More than three notes at once are a wall that nobody reads: the oldest gives way. */
const most = 3;

export function createNotesSlice({ get, set }: Tools): NotesSlice {
  let last = 0;
  return {
    notes: [],
    noteShown(note) {
      last += 1;
      const others = get().notes.filter((other) => other.title !== note.title || other.text !== note.text);
      set({ notes: [...others, { ...note, key: last }].slice(-most) });
    },
    noteClosed: (key) => set({ notes: get().notes.filter((note) => note.key !== key) }),
  };
}

export function noteOf(failure: Failure): Omit<Note, 'key'> {
  return {
    tone: 'danger',
    title: failure.message,
    ...(failure.hint === undefined ? {} : { text: failure.hint }),
  };
}
