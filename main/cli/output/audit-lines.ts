import type { AuditEntry } from '../../../shared/contract/audit.ts';
import { shortId, shortTime } from './short.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

export function auditLines(entries: readonly AuditEntry[], style: Style): string[] {
  if (entries.length === 0) return ['No entries.'];
  return table(
    entries,
    [
      { title: 'AT (UTC)', cell: (entry) => shortTime(entry.at) },
      { title: 'ACTOR', cell: (entry) => entry.actor },
      { title: 'ACTION', cell: (entry) => entry.action },
      { title: 'SUBJECT', cell: (entry) => (entry.subject === undefined ? undefined : shortId(entry.subject)) },
      {
        title: 'OUTCOME',
        cell: (entry) => entry.outcome,
        tone: (entry) => (entry.outcome === 'failed' ? 'bad' : 'plain'),
      },
      { title: 'DETAIL', cell: (entry) => entry.detail, shrinks: true },
    ],
    style,
  );
}

const csvColumns = ['at', 'actor', 'action', 'subject', 'outcome', 'detail', 'hash'] as const;

/** RFC 4180, with line feeds: a field is quoted where it holds a comma, a quote or a line break. */
export function auditCsv(entries: readonly AuditEntry[]): string[] {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [
    csvColumns.join(','),
    ...entries.map((entry) => csvColumns.map((column) => quoted(entry[column] ?? '')).join(',')),
  ];
}
