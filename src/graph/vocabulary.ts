import rows from './error-codes.json';
import { plainWordsIn } from './words';

// Words that Meta uses without having been told them: those of our catalog,
// and these, which its messages are made of.
const MORE_WORDS = `
  address days digits events maintain manage media most names participate something their underscores
  aac accessible accounts active activities add additional agreement allows alphanumeric am amr android any apis
  application approval apps aspect asset assigned associated attempting audio authentication authorize authorized bad
  best between blocklist bot both business businesses button buttons callback cancel catalog certificate character
  check children click client codec codecs codes com combination command complete component components concurrent
  client configuring confirm connect connection contact contain contains conversational correct count create
  created creation current currently cursor custom data database date deactivated deactivation default delay delete
  deletion delivery denied deprecate deregister deregistration detail details developers disable disabled docs
  document documentation doesn don download due duplicate during each ecosystem either eligibility eligible email
  empty enabled encryption end engagement entered entity enum error errors exactly exceed exceeded exceeds exception
  expected experiment expired expires express failure feature fetch field fields files filter filtering filters
  following format found generated generic given graph healthy hit hosted how http https i identifier if ignored
  illegal image immediately incapable include incoming incomplete incorrect index individual info information initial
  initiated insights insufficient integer integrations integrity interactive internal invalid ios isn issue issues
  jpeg json kb later layout least length limit limited lite load loaded locale localizable location mail maintenance
  malformed manager mandatory max maximum me messaging metrics migrate migration mime min minimum minutes mismatch
  mobility mode modified modify multi multiple named namespace need needed non none null numeric oauth occur occurred
  official ok onboarding operation operations option optional options opus order other our outgoing outside oversized
  ownership pair param parameter parameters params parse partially participant parties partner partners partnership
  password payload pdf pending per perform permanent permissions permitted plain platform please png policies
  positional post preverified prior priority process processing product profile properties property provide provided
  public publishing qr quick range rate ratio re reachable receive received receiving recipient recipients reduce
  reengagement refresh refused register reject related relationship remove replied reply requested requesting requests
  required requires resource response restriction retention retry root row rows schedule schedules screens second
  seconds section sections security select sending session setting setup share shared shorter signals size sms
  solution solutions specified specify status sticker string structure submit submitted subscribe subscribed
  subscription succeeded success successful successfully syncing syntax target temporarily temporary terminated
  threshold throttled timeout timezone title titles together trailing transfer transmit try types unable unblock
  undeliverable undelivered unexpected unique unlock unsupported update updated upload uploaded uri url users utility
  validating validation verify version via video violated violations visit voice waba wait webhooks website when
  whether will window within words zero`;

let metas: Set<string> | undefined;

/** Whether a word, in its plain form, is one that Meta's messages are made of. */
export function isMetas(word: string): boolean {
  metas ??= new Set(
    plainWordsIn(`${rows.map(({ what }) => what).join(' ')} ${MORE_WORDS}`),
  );
  return metas.has(word);
}
