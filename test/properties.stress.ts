// Properties that the first tier checks too, there with the same values each time.
import './broadcast/pacing/pacer.test';
import './events/properties.test';
import './events/signature.test';
import './events/statuses.test';
import './messages/kinds/template/one-line.test';
import './odd-values.test';
import './recipients/mask.test';
import './recipients/same.test';
