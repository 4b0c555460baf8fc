import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  NoOperationTraceWriter,
  convertWorkflowTemplate,
  parseWorkflow,
  type WorkflowTemplate,
} from '@actions/workflow-parser';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './packages.ts';

const folder = path.join(projectRoot, '.github/workflows');
const names = readdirSync(folder);
const contentOf = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

/** GitHub's own reader: the schema of the file, and every expression in it. */
async function read(
  name: string,
  content: string,
): Promise<{ template: WorkflowTemplate; errors: string[] }> {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (!value) throw new Error(`${name} holds nothing`);
  const template = await convertWorkflowTemplate(context, value);
  const errors = context.errors.getErrors().map((error) => error.message);
  return { template, errors: [...errors, ...(template.errors ?? []).map(({ Message }) => Message)] };
}

describe.each(names)('The workflow %s', (name) => {
  const content = contentOf(name);

  it('is one GitHub can run', async () => {
    const { template, errors } = await read(name, content);
    expect(errors).toEqual([]);
    expect(template.jobs.length).toBeGreaterThan(0);
  });

  it('calls only scripts there are', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    for (const [, script = ''] of content.matchAll(/npm run ([\w:]+)/g))
      expect(scripts).toHaveProperty([script]);
    for (const [file] of content.matchAll(/scripts\/[\w/-]+\.mjs/g))
      expect(existsSync(path.join(projectRoot, file)), file).toBe(true);
  });

  it('may only read, except where it drafts a release, and takes steps of GitHub alone', () => {
    expect(content).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(content.match(/: write/g) ?? []).toHaveLength(name === 'release.yml' ? 1 : 0);
    for (const [, action] of content.matchAll(/uses: (\S+)/g))
      expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
  });
});

describe('The reader of workflows', () => {
  it.each([
    ['a misspelt key', 'timeout-minutes:', 'timeout-minuts:'],
    ['an unknown value in an expression', 'github.ref_type', 'githup.ref_type'],
    ['a job that waits for none there is', 'needs: package', 'needs: packages'],
  ])('finds %s', async (_what, right, wrong) => {
    const { errors } = await read('release.yml', contentOf('release.yml').replace(right, wrong));
    expect(errors.length).toBeGreaterThan(0);
  });
});
