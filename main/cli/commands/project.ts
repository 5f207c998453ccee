import type { Command } from 'commander';
import * as z from 'zod';
import type { Project } from '../../../shared/contract/project.ts';
import { defineCommand } from '../command.ts';
import { given } from '../options.ts';
import { shortId } from '../output/short.ts';
import type { Style } from '../output/style.ts';
import { table } from '../output/table.ts';

const account = z.string().optional();

const add = defineCommand({
  path: 'project add',
  summary: 'read these projects too, besides those followed on CircleCI',
  describe: (command: Command) =>
    command.argument('<slugs...>', 'like gh/acme/web').option('--account <id>', 'where there are several'),
  input: z.object({ slugs: z.array(z.string()), account }),
  async run({ slugs, account }, context) {
    const ask = await context.openVault();
    const document = await ask('project.add', { slugs, ...given({ account }) });
    return { document, lines: (style) => projectLines(document.projects, style) };
  },
});

const list = defineCommand({
  path: 'project list',
  summary: 'the projects in the vault',
  input: z.object({}),
  async run(_input, context) {
    const ask = await context.openVault();
    const document = await ask('project.list', {});
    return { document, lines: (style) => projectLines(document.projects, style) };
  },
});

const remove = defineCommand({
  path: 'project remove',
  summary: 'no longer read a project; its tokens stay as last seen',
  describe: (command: Command) =>
    command.argument('<slug>', 'like gh/acme/web').option('--account <id>', 'where several watch it'),
  input: z.object({ slug: z.string(), account }),
  async run({ slug, account }, context) {
    const ask = await context.openVault();
    const document = await ask('project.remove', { slug, ...given({ account }) });
    return { document, lines: (style) => projectLines(document.projects, style) };
  },
});

function projectLines(projects: readonly Project[], style: Style): string[] {
  if (projects.length === 0) return ['No projects.'];
  return table(
    projects,
    [
      { title: 'SLUG', cell: (project) => project.slug },
      { title: 'NAME', cell: (project) => project.name, shrinks: true },
      { title: 'ACCOUNT', cell: (project) => shortId(project.account) },
      {
        title: 'WATCHED',
        cell: (project) => project.watched,
        tone: (project) => (project.watched === 'no' ? 'quiet' : 'plain'),
      },
    ],
    style,
  );
}

export const projectCommands = [add, list, remove];
