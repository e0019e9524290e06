import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse, parseAllDocuments, parseDocument } from 'yaml';
import { ALERTS } from '../src/alerts/catalog';
import { SETTINGS } from '../src/settings/definitions';
import { KEY, startGateway, stopGateways } from './support/gateways';
import { FakeOpenFn } from './support/openfn';
import { post, textWebhook } from './support/payloads';
import { sleep, until } from './support/waiting';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const deploy = (name: string) => read(`../deploy/${name}`);

type Rule = { alert: string; expr: string };
type Rules = { groups: { rules: Rule[] }[] };
type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] };

const rules = (parse(deploy('prometheus-rules.yaml')) as Rules).groups.flatMap(
  group => group.rules,
);
const dashboard = JSON.parse(deploy('grafana-dashboard.json')) as Dashboard;
const expressions = [
  ...rules.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
];
const variables = Object.values(SETTINGS).map(({ variable }) => variable);

describe('the metrics of rules and dashboard', () => {
  let metrics: string;
  let url: string;

  let openfn: FakeOpenFn;

  before(async () => {
    openfn = await new FakeOpenFn().open();
    ({ url } = await startGateway({ openfnWebhookUrl: openfn.url }));
    await post(url, textWebhook('Hello'));
    await until(() => openfn.received.length === 1, 'forwarding');
    await sleep(200);
    await post(url, '{}', 'sha256=00');
    const answer = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer ${KEY}` },
    });
    metrics = await answer.text();
  });

  after(async () => {
    await stopGateways();
    await openfn.close();
  });

  it('are those that the gateway shows', () => {
    const known = new Set(
      [...metrics.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(
        ([, name, type]) =>
          type === 'histogram' ? [`${name}_bucket`] : [name],
      ),
    );
    const used = expressions.flatMap(
      text => text.match(/whatsapp_gateway_\w+/g) ?? [],
    );

    expect(used).not.to.equal([]);
    for (const name of used) expect(known).to.include(name);
  });

  it('have the labels and the code that they ask for', () => {
    const text = expressions.join('\n');
    const labels = [
      ...text.matchAll(/whatsapp_gateway_(\w+)\{(\w+)/g),
      ...text.matchAll(/by \((result|kind)\) \(\w+\(whatsapp_gateway_(\w+)/g),
    ];
    const ofRoutes = text.match(/(?<=by \(route[^(]*\(.*)gateway_\w+/g) ?? [];
    for (const name of new Set(ofRoutes)) {
      expect(metrics).to.match(new RegExp(`${name}\\{[^}]*route="default"`));
    }
    expect(ofRoutes.length).to.be.greaterThan(5);
    expect(labels.length).to.be.greaterThan(3);
    expect(metrics).to.include(
      'whatsapp_gateway_webhooks_total{result="WRONG_SIGNATURE"} 1',
    );
    expect(metrics).to.match(/whatsapp_gateway_events_total\{kind="messages"/);
  });

  it('come from a gateway that answers the probes of Kubernetes', async () => {
    const paths = deploy('kubernetes.yaml').match(/(?<=path: )\/\w+z$/gm) ?? [];
    expect(new Set(paths)).to.deep.equal(new Set(['/livez', '/readyz']));
    for (const path of paths) {
      expect((await fetch(url + path)).status).to.equal(200);
    }
  });
});

describe('the files for deployment', () => {
  const KINDS = ['Secret', 'Deployment', 'Service', 'Ingress'];

  it('are YAML without mistakes', () => {
    for (const name of ['compose.yaml', 'prometheus-rules.yaml']) {
      expect(parseDocument(deploy(name)).errors).to.deep.equal([]);
    }
    const documents = parseAllDocuments(deploy('kubernetes.yaml'));
    const kinds = documents.map(
      document => (document.toJS() as { kind: string }).kind,
    );
    expect(kinds).to.deep.equal([...KINDS, 'PodDisruptionBudget']);
  });

  it('set variables that the gateway knows', () => {
    const secret = parseAllDocuments(deploy('kubernetes.yaml'))[0]?.toJS() as {
      stringData: object;
    };
    const example = [...deploy('.env.example').matchAll(/^([A-Z_]+)=/gm)]
      .map(([, name]) => name)
      .filter(name => name !== 'DOMAIN' && name !== 'POSTGRES_PASSWORD');

    for (const name of [...Object.keys(secret.stringData), ...example]) {
      expect(variables).to.include(name);
    }
  });
});

describe('docs/gateway-operations.md', () => {
  it('says what to do when each alert comes', () => {
    const manual = read('../../docs/gateway-operations.md');
    const headings = [...manual.matchAll(/^### (\S+)$/gm)].map(
      ([, name]) => name,
    );

    expect(headings).to.have.members([
      ...Object.keys(ALERTS),
      ...rules.map(({ alert }) => alert),
    ]);
  });
});
