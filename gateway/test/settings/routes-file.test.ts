import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRoutes, readRoutesFile } from '../../src/settings/routes-file';
import { readSettings } from '../../src/settings/settings';

const environment = { REPORTS_KEY: 'k-1', TOKEN: 't-1' };
const read = (text: string) => readRoutes(text, { folder: '.', environment });
const one = (lines: string) =>
  read(`routes:\n  - name: one\n    url: https://a.example/i\n${lines}`);

describe('readRoutes', () => {
  it('fills in what a route leaves out', () => {
    const { routes, problems } = one('');

    expect(problems).to.deep.equal([]);
    expect(routes).to.deep.equal([
      {
        name: 'one',
        match: { kinds: ['messages'] },
        isCopy: false,
        url: 'https://a.example/i',
        apiKey: undefined,
        headers: {},
        concurrency: 1,
        hourlyBudget: null,
        timeout: 35_000,
        accept: 'auto',
        giveUpAfter: 259_200_000,
        ...{ isEach: false, isRaw: false, order: 'none' },
      },
    ]);
  });

  it('takes defaults from the file, unless a route says otherwise', () => {
    const { routes, problems } = read(`
defaults: { order: person, timeout: 1m, concurrency: 4 }
routes:
  - { name: a, url: 'https://a.example', match: { keywords: a } }
  - { name: b, url: 'https://b.example', order: none, giveUp: 1h, hourlyBudget: 5 }`);

    expect(problems).to.deep.equal([]);
    const [a, b] = routes;
    expect(a).to.include({ order: 'person', timeout: 60_000, concurrency: 4 });
    expect(b).to.include({
      ...{ order: 'none', timeout: 60_000, concurrency: 4 },
      ...{ giveUpAfter: 3_600_000, hourlyBudget: 5 },
    });
  });

  it('reads JSON, and loses no digit of an ID or a keyword', () => {
    const { routes, problems } = read(
      JSON.stringify({
        routes: [
          {
            name: 'one',
            url: 'http://localhost:4000/',
            match: { phoneNumberIds: [106540352242922], keywords: 'Été' },
          },
        ],
      }).replace('106540352242922', '10654035224292212345'),
    );

    expect(problems).to.deep.equal([]);
    expect(routes[0]?.match).to.deep.equal({
      kinds: ['messages'],
      phoneNumberIds: ['10654035224292212345'],
      keywords: ['ete'],
    });
  });

  it('takes keys and headers from variables and files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'routes-'));
    writeFileSync(join(folder, 'url'), 'https://a:b@a.example/i\n');
    writeFileSync(join(folder, 'key'), 'k-2\n');
    const path = join(folder, 'routes.yaml');
    writeFileSync(
      path,
      `
routes:
  - name: a
    match: { types: image }
    urlFile: url
    apiKeyVariable: REPORTS_KEY
    headers: { X-Project: malaria, Authorization: { variable: TOKEN } }
  - name: b
    url: https://b.example
    apiKeyFile: ./key
    headers: { x-token: { file: key } }`,
    );

    const { routes, problems } = readRoutesFile(path, environment);

    expect(problems).to.deep.equal([]);
    const [a, b] = routes;
    expect(a).to.deep.include({
      url: 'https://a:b@a.example/i',
      apiKey: 'k-1',
      headers: { 'x-project': 'malaria', authorization: 't-1' },
    });
    expect(b).to.deep.include({ apiKey: 'k-2', headers: { 'x-token': 'k-2' } });
  });

  it('says everything that is wrong at once, with its line', () => {
    const { problems } = read(`
defaults:
  timout: 30s
routes:
  - name: a b
    match: { keyword: report, types: [txt], kinds: message, wabaIds: x }
    url: http://example.org
    apiKeyVariable: MISSING
    headers: { X-Api-Key: secret, Host: x, X-Y: ä }
    concurrency: 1000
    accept: [json]
  - url: https://b.example
    urlFile: /nowhere
    order: person
    raw: true
    continue: maybe`);

    const words = [
      ['line 3:', 'timeout?'],
      ['line 5:', 'name may have letters'],
      ['line 6:', 'keywords?'],
      ['line 6:', 'Did you mean text?'],
      ['line 6:', 'unknown kind'],
      ['line 6:', 'an ID of digits'],
      ['line 7:', 'https://'],
      ['line 8:', 'empty or missing'],
      ['line 9:', 'apiKeyFile'],
      ['line 9:', 'set by the gateway'],
      ['line 9:', 'beyond ASCII'],
      ['line 10:', 'whole number from 1 to 100'],
      ['line 11:', 'one value'],
      ['line 12:', 'has no name'],
      ['line 12:', 'url and urlFile'],
      ['line 12:', 'raw together'],
      ['line 13:', 'ENOENT'],
      ['line 16:', 'neither 1 nor 0'],
    ];
    expect(problems).to.have.length(words.length + 1);
    for (const [line = '', word = ''] of words) {
      const found = problems.some(
        text => text.startsWith(line) && text.includes(word),
      );
      expect(found, `${line} ${word}\n${problems.join('\n')}`).to.equal(true);
    }
    expect(problems.join('\n')).not.to.include('secret');
  });

  for (const [text, word] of [
    ['', 'empty'],
    ['- a', 'has to be a map'],
    ['routes: {}', 'list of one route'],
    ['routes: []', 'list of one route'],
    ['defaults: {}', 'no list named routes'],
    ['routes:\n - a', 'has to be a map'],
    ['routes: [', 'line 1'],
    ['routes: [{ name: a, name: b }]', 'unique'],
    ['routes: &a\n - name: x\n   match: *a', 'line 3: *a is a part of &a'],
    ['routes: &a\n - *b', 'line 2: *b has no &b before it'],
  ] as const) {
    it(`explains ${JSON.stringify(text)}`, () => {
      expect(read(text).problems.join('\n')).to.include(word);
    });
  }

  it('finds routes of the same name, and those that get nothing', () => {
    const { problems } = read(`
routes:
  - { name: a, url: 'https://a.example' }
  - { name: b, url: 'https://a.example', match: { keywords: x } }
  - { name: c, url: 'https://a.example', match: { kinds: 'messages, statuses' } }
  - { name: c, url: 'https://a.example', match: { kinds: statuses } }`);

    expect(problems).to.have.length(2);
    expect(problems[0]).to.include('line 4').and.include('a before it');
    expect(problems[1]).to.include('line 6').and.include('the name c');
  });

  it('lets a copy stand before others', () => {
    const { problems } = read(`
routes:
  - { name: a, url: 'https://a.example', match: { kinds: all }, continue: true }
  - { name: b, url: 'https://a.example' }`);

    expect(problems).to.deep.equal([]);
  });
});

describe('ROUTES_FILE', () => {
  const settings = { verifyToken: 'token', appSecrets: 'secret' };
  const file = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'routes-')), 'routes.yaml');
    writeFileSync(path, text);
    return path;
  };
  const GOOD = 'routes: [{ name: one, url: "https://a.example" }]';

  it('takes the place of OPENFN_WEBHOOK_URL', () => {
    const { routes } = readSettings({ ...settings, routes: file(GOOD) });

    expect(routes?.[0]?.name).to.equal('one');
  });

  it('does not go together with variables that say the same', () => {
    const given = {
      ...{ ...settings, routes: file(GOOD), forwardEach: true },
      openfnWebhookUrl: 'https://a.example',
    };

    expect(() => readSettings(given)).to.throw(
      /ROUTES_FILE takes the place of OPENFN_WEBHOOK_URL, FORWARD_EACH/,
    );
  });

  it('says its faults together with those of the settings', () => {
    const given = { ...settings, port: 'x', routes: file('routes: []') };

    expect(() => readSettings(given)).to.throw(/line 1: routes[^]*PORT/);
    expect(() => readSettings({ ...settings, routes: '/nowhere' })).to.throw(
      /ENOENT/,
    );
  });
});

describe('the file of routes in the README', () => {
  it('can be used', () => {
    const readme = readFileSync(
      new URL('../../README.md', import.meta.url),
      'utf8',
    );
    const [, example = ''] =
      /## Routing[^]*?```yaml\n([^]*?)```/.exec(readme) ?? [];

    const { routes, problems } = readRoutes(example, {
      folder: '.',
      environment: { REPORTS_KEY: 'k', WAREHOUSE_AUTHORIZATION: 'Bearer t' },
    });

    expect(problems).to.deep.equal([]);
    expect(routes.map(({ name }) => name)).to.deep.equal([
      ...['archive', 'reports', 'pictures', 'default'],
    ]);
    expect(routes[0]?.headers['authorization']).to.equal('Bearer t');
    expect(routes[1]).to.include({ order: 'person', isEach: true });
  });
});
