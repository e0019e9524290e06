import * as v from 'valibot';
import type { Json } from '../checks/rules';
import { newId } from '../core/ids';
import { SEEDS } from './template-seeds';

/** A template of an account. */
export interface Template extends Json {
  id: string;
  name: string;
  language: string;
  status: string;
  category: string;
  components: Json[];
}

export const verdictSchema = v.looseObject({
  status: v.string('must be text'),
  language: v.optional(v.string('must be text')),
  rejected_reason: v.optional(v.string('must be text')),
});

/** What becomes of a template: Meta's status, and why. */
export type Verdict = v.InferOutput<typeof verdictSchema>;

type Stored = { template: Template; approvedAt: number };

/** The templates of all accounts. A new one is approved after a moment. */
export class TemplateStore {
  private readonly accounts = new Map<string, Stored[]>();

  constructor(private readonly approvalDelay: number) {}

  of(wabaId: string): Template[] {
    return this.storedOf(wabaId).map(upToDate);
  }

  withId(id: string): Template | undefined {
    return this.all().find(each => each.id === id);
  }

  named(name: string): Template[] {
    return this.all().filter(each => each.name === name);
  }

  add(wabaId: string, definition: Json): Template {
    const added = this.stored(definition);
    this.storedOf(wabaId).push(added);
    return upToDate(added);
  }

  /** Other texts, which are reviewed again. */
  edit(id: string, changes: Json): void {
    const found = this.everything().find(({ template }) => template.id === id);
    if (!found) return;
    Object.assign(found.template, changes, { status: 'PENDING' });
    found.approvedAt = Date.now() + this.approvalDelay;
  }

  /** Tells how many were removed. */
  remove(wabaId: string, isGone: (template: Template) => boolean): number {
    const before = this.storedOf(wabaId);
    const kept = before.filter(({ template }) => !isGone(template));
    this.accounts.set(wabaId, kept);
    return before.length - kept.length;
  }

  /** Decides on templates of this name, as Meta's people would; tells how many. */
  judge(name: string, { language, ...verdict }: Verdict): number {
    const judged = this.named(name).filter(
      each => language === undefined || each.language === language,
    );
    for (const template of judged) Object.assign(template, verdict);
    return judged.length;
  }

  clear(): void {
    this.accounts.clear();
  }

  private all(): Template[] {
    return this.everything().map(upToDate);
  }

  private everything(): Stored[] {
    return [...this.accounts.values()].flat();
  }

  private storedOf(wabaId: string): Stored[] {
    const known = this.accounts.get(wabaId);
    if (known) return known;
    // As at Meta, an account has a template or two from the start.
    const seeds = SEEDS.map(seed =>
      this.stored({ ...seed, status: 'APPROVED' }),
    );
    this.accounts.set(wabaId, seeds);
    return seeds;
  }

  private stored(definition: Json): Stored {
    const template = {
      parameter_format: 'POSITIONAL',
      status: 'PENDING',
      rejected_reason: 'NONE',
      quality_score: { score: 'UNKNOWN' },
      ...definition,
      id: newId(),
    };
    return {
      template: template as unknown as Template,
      approvedAt: Date.now() + this.approvalDelay,
    };
  }
}

function upToDate({ template, approvedAt }: Stored): Template {
  const isDue = template.status === 'PENDING' && approvedAt <= Date.now();
  if (isDue) template.status = 'APPROVED';
  return template;
}
