import type { Remedy } from '../../shared/contract/remedies.ts';
import { AppError } from '../app-error.ts';

const nothing = 'Nothing was changed.';

/** What is wrong with an export file, in `details.problem`. */
export type ExportProblem = 'not-an-export' | 'cut-short' | 'changed' | 'reordered' | 'too-large';

function damaged(problem: ExportProblem, message: string): AppError {
  return new AppError('vault-damaged', `${message} The vault was not touched.`, {
    hint: 'Copy the file again from where it was made, or make a new export.',
    details: { reason: 'export', problem },
  });
}

export function notAnExport(): AppError {
  return new AppError('invalid-input', `The file is not an export of Rondo. ${nothing}`, {
    hint: 'Choose the file of an export. If it is a backup, restore it instead.',
    details: { problem: 'not-an-export' satisfies ExportProblem, remedy: 'backup.restore' satisfies Remedy },
  });
}

export function exportTooNew(version: number): AppError {
  return new AppError('vault-too-new', `The export was written by a newer Rondo. ${nothing}`, {
    hint: 'Install the newest Rondo.',
    details: { version },
  });
}

export function exportCutShort(): AppError {
  return damaged('cut-short', 'The export is cut short: its end is missing.');
}

/** `piece`: counted from 1; 0 is the header. */
export function exportDamaged(piece: number): AppError {
  const where = piece === 0 ? 'its header' : `its piece ${piece}`;
  return damaged('changed', `The export was changed or damaged after it was written, in ${where}.`);
}

export function exportReordered(): AppError {
  return damaged('reordered', 'The pieces of the export are not in the order in which they were written.');
}

export function exportWrongPassword(): AppError {
  return new AppError('wrong-password', `This is not the password of the export. ${nothing}`, {
    hint: 'An export has a password of its own, which was chosen when it was made.',
    details: { of: 'export' },
  });
}

export function exportTooLarge(): AppError {
  return new AppError('invalid-input', `That is more than an export can hold: 128 MiB. ${nothing}`, {
    hint: 'Make a backup instead: it holds a vault of any size.',
    details: { problem: 'too-large' satisfies ExportProblem, remedy: 'backup.create' satisfies Remedy },
  });
}
