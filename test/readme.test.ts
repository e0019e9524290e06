import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const REPOSITORY =
  /^https:\/\/github\.com\/OpenFn\/adaptors\/(?:blob|tree)\/main\/packages\/whatsapp\//;

/** Where the links of a page lead, inline and in a list at its end. */
const linksOf = (path: string): string[] =>
  [
    ...readFileSync(path, 'utf8').matchAll(
      /\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)$/gm,
    ),
  ].map(([, inline, listed]) => inline ?? listed ?? '');

// npm shows these pages without the files beside them.
for (const path of ['README.md', 'gateway/README.md', 'simulator/README.md']) {
  describe(path, () => {
    const links = linksOf(path);

    it('has absolute links, or links to its own headings', () => {
      const relative = links.filter(link => !/^(https:\/\/|#)/.test(link));

      expect(links).not.to.be.empty;
      expect(relative).to.deep.equal([]);
    });

    it('links to files of the repository that exist', () => {
      const missing = links
        .filter(link => REPOSITORY.test(link))
        .map(link => link.replace(REPOSITORY, '').replace(/#.*/, ''))
        .filter(file => !existsSync(file));

      expect(missing).to.deep.equal([]);
    });
  });
}
