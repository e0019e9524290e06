import { expect } from 'chai';
import type { Page, Request } from 'playwright-core';
import {
  findBarriers,
  focused,
  needChromium,
  newPage,
  tabTo,
} from '../support/browser';
import { KEY, ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { newId, post, status, textWebhook, webhook } from '../support/payloads';
import { until } from '../support/waiting';

const FROM = '254700000017';
const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1280, height: 900 };
const BAR = '.action';

describe('the console in a browser', function () {
  this.timeout(600_000);

  let url: string;
  let openfn: FakeOpenFn;
  let page: Page;

  before(async function () {
    needChromium(this);
    openfn = await new FakeOpenFn().open();
    ({ url } = await startGateway({
      openfnWebhookUrl: openfn.url,
      forwardGiveUp: 0,
      pace: { firstDelay: 20, poll: 20 },
    }));
    openfn.answer = (response, { body }) => {
      response.setHeader('content-type', 'application/json');
      if (body.includes('refuse')) response.statusCode = 404;
      response.end('{"work_order_id":"b7a1"}');
    };
    await post(url, textWebhook('hello', { from: '254700000018' }));
    for (let i = 0; i < 3; i++) {
      await post(url, textWebhook(`refuse ${i}`, { from: FROM }));
    }
    const sent = [status(newId(), 'read')];
    await post(url, JSON.stringify(webhook({ statuses: sent })));
    await until(async () => (await dead()) === 3, 'giving up');
  });

  after(async () => {
    await stopGateways();
    await openfn?.close();
  });

  afterEach(() => page?.context().close());

  const dead = async () =>
    (await ask<{ data: unknown[] }>(url, '/events/dead')).body.data.length;

  async function open(options: object = { viewport: DESKTOP }): Promise<void> {
    page = await newPage(options);
    await page.goto(`${url}/console`);
    await page.getByLabel('Operate key').waitFor();
  }

  async function logIn(): Promise<void> {
    await page.getByLabel('Operate key').fill(KEY);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('button', { name: 'Log out' }).waitFor();
  }

  const click = (name: string) =>
    page.getByRole('button', { name, exact: true }).click();
  const goTo = (name: string) =>
    page.getByRole('link', { name, exact: true }).click();
  const rows = () => page.locator('.events li');

  async function search(state: string, count: number): Promise<void> {
    await page.getByLabel('Forwarding').selectOption(state);
    await click('Search');
    await until(async () => (await rows().count()) === count, 'searching');
    await page.getByText('That is all').waitFor();
  }

  /** Counts, confirms, and waits until the pause is over. */
  async function runAction(name: string, verb: string): Promise<void> {
    await click(name);
    await page.getByRole('dialog').getByRole('button', { name: verb }).click();
    await page.locator(BAR).getByText('begins in a few seconds').waitFor();
    await page.clock.runFor(11_000);
    await page.locator(BAR).getByRole('button', { name: 'Close' }).waitFor();
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [PHONE, DESKTOP]) {
      const title = `has no barrier in ${colorScheme} and ${viewport.width} pixels`;
      it(title, async () => {
        const check = async (what: string) => {
          expect(await findBarriers(page), what).to.deep.equal([]);
          const isWide = await page.evaluate<boolean>(
            'document.documentElement.scrollWidth > innerWidth',
          );
          expect(isWide, `${what} is too wide`).to.equal(false);
        };
        await open({ viewport, colorScheme });
        await check('login');
        await page.getByLabel('Operate key').fill('wrong');
        await click('Log in');
        await page.getByRole('alert').waitFor();
        await check('wrong key');
        await logIn();
        await page.getByRole('heading', { name: 'Now' }).waitFor();
        await check('overview');
        await page.locator('summary').first().click();
        await check('table of a chart');
        await goTo('Events');
        await rows().first().waitFor();
        await check('events');
        await page.getByLabel('Kind').selectOption('calls');
        await click('Search');
        await page.getByText('No event matches').waitFor();
        await check('no event');
        await click('Clear');
        await search('dead', 3);
        await rows().first().getByRole('checkbox').check();
        await click('Replay 1 selected event');
        await page
          .getByRole('heading', { name: 'Replay 1 forward?' })
          .waitFor();
        await check('dialog');
        await page
          .getByRole('dialog')
          .getByRole('button', { name: 'Replay' })
          .click();
        await page.getByRole('button', { name: 'Undo' }).waitFor();
        await check('pause');
        await click('Undo');
        await rows().first().getByRole('link').click();
        await page.getByRole('heading', { name: 'Content' }).waitFor();
        await check('event');
        await goTo('Routes');
        await page.getByRole('heading', { name: 'default' }).waitFor();
        await check('routes');
      });
    }
  }

  it('is used with the keyboard alone, and what was confirmed can be undone', async () => {
    await open();
    const sent: string[] = [];
    page.on('request', (request: Request) => {
      if (request.url().endsWith('/actions'))
        sent.push(request.postData() ?? '');
    });
    expect(await focused(page)).to.include('Operate key');
    await page.keyboard.type(KEY);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Now' }).waitFor();
    expect(await focused(page)).to.equal('Overview');
    await page.evaluate('document.body.focus()');
    await tabTo(page, /^Events$/);
    await page.keyboard.press('Enter');
    await rows().first().waitFor();
    await tabTo(page, /^Forwarding/);
    await page.keyboard.type('dead');
    await tabTo(page, /^Search$/);
    await page.keyboard.press('Enter');
    await until(async () => (await rows().count()) === 3, 'searching');
    await tabTo(page, /^messages text/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Content' }).waitFor();
    await tabTo(page, /^Replay$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Replay 1 forward?' }).waitFor();
    expect(await focused(page)).to.equal('Cancel');
    await tabTo(page, /^Replay$/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    await until(async () => (await focused(page)) === 'Undo', 'focusing');
    await page.keyboard.press('Enter');
    await page.locator(BAR).waitFor({ state: 'detached' });

    expect(await focused(page)).to.equal('Event');
    expect(sent).to.have.length(1);
    expect(sent[0]).to.include('"dryRun":true');
    expect(await dead()).to.equal(3);
  });

  it('shows whole numbers and words on the page of one event only, and in no address', async () => {
    await open();
    const asked: string[] = [];
    page.on('request', (request: Request) => asked.push(request.url()));
    await logIn();
    await goTo('Events');
    await page.getByLabel('Person').fill('+254 700 000 017');
    await click('Search');
    await until(async () => (await rows().count()) === 3, 'searching');
    const list = await page.locator('main').innerText();
    await rows().first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Content' }).waitFor();
    const event = await page.locator('main').innerText();

    expect(list)
      .to.include('254***17')
      .and.not.match(/refuse|254700000/);
    expect(event).to.include(FROM).and.include('refuse');
    expect(event).to.include('HTTP_404').and.include('OPENFN_WEBHOOK_URL');
    for (const address of [...asked, page.url()]) {
      expect(address).to.not.match(/254700|%2B254|refuse/);
      expect(new URL(address).origin).to.equal(url);
    }
    await page.goBack();
    expect(await rows().count()).to.equal(3);
  });

  it('discards and replays all that match, and shows what came of it', async () => {
    await open();
    await page.clock.install();
    await logIn();
    await page.getByRole('link', { name: /Dead/ }).click();
    await until(async () => (await rows().count()) === 3, 'searching');

    await runAction('Discard all that match', 'Discard');

    const bar = page.locator(BAR);
    expect(await bar.innerText()).to.include('3 forwards are discarded.');
    await bar.getByRole('button', { name: 'Close' }).click();
    await page.getByText('No event matches').waitFor();
    expect(await dead()).to.equal(0);

    openfn.accept();
    const before = openfn.received.length;
    await search('discarded', 3);
    await page.getByLabel('Select all shown').check();
    await runAction('Replay 3 selected events', 'Replay');

    expect(await bar.innerText()).to.include(
      '3 forwards wait to be sent again.',
    );
    await until(() => openfn.received.length === before + 3, 'sending');
    await page.getByLabel('Forwarding').selectOption('delivered');
    await until(async () => {
      await click('Search');
      await page.getByText('That is all').waitFor();
      return (await rows().count()) === 4;
    }, 'delivering');
  });

  it('goes on with an action after an error, and stops when it is told to', async () => {
    await open();
    await page.clock.install();
    await logIn();
    await goTo('Events');
    await search('delivered', 4);
    await click('Replay all that match');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: 'Replay' })
      .click();
    await page.locator(BAR).getByText('begins in a few seconds').waitFor();
    await page.route('**/actions', route => route.abort());
    await page.clock.runFor(11_000);
    await page.getByText('cannot be reached').waitFor();
    await click('Stop');
    expect(await page.locator(BAR).innerText()).to.include(
      'Stopped: of 4, 0 forwards',
    );
    await page.unroute('**/actions');
  });

  it('pauses and resumes a route, and limits its runs', async () => {
    await open();
    await logIn();
    await goTo('Routes');

    await click('Pause default');
    await page.getByText('default is paused.').waitFor();
    await post(url, textWebhook('held back'));
    await page.getByLabel('Runs an hour').fill('500');
    await click('Save');
    await page.getByText('Saved. Runs an hour: 500.').waitFor();

    const { body } = await ask<{ data: object[] }>(url, '/routes');
    expect(body.data[0]).to.include({ paused: true, hourlyBudget: 500 });
    await click('Resume default');
    await page.getByText('default is running again.').waitFor();
    await until(
      () => openfn.received.some(one => one.body.includes('held back')),
      'forwarding',
    );
  });

  it('asks for the key again when the session has ended', async () => {
    await open();
    await logIn();
    await page.context().clearCookies();

    await goTo('Events');

    await page.getByLabel('Operate key').waitFor();
    await logIn();
    await click('Log out');
    await page.getByLabel('Operate key').waitFor();
    await page.reload();
    await page.getByLabel('Operate key').waitFor();
  });
});

describe('the console without a key, in a browser', function () {
  this.timeout(200_000);

  after(stopGateways);

  it('has no barrier', async function () {
    needChromium(this);
    const { url } = await startGateway({ gatewayKey: undefined });
    const page = await newPage({ viewport: PHONE });

    await page.goto(`${url}/console`);

    expect(await page.getByText('OPERATE_KEY').count()).to.equal(1);
    expect(await findBarriers(page)).to.deep.equal([]);
    await page.context().close();
  });
});
