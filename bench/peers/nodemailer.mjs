// nodemailer's pool, used as its manual says for bulk mail: `node nodemailer.mjs LETTER PORT MESSAGES [DKIM KEY]`.
//
// Ten loops over ten connections: no faster way was found to feed the pool ("idle" events, or longer queues). Readers
// are made up on the way and nothing is recorded, which is to nodemailer's advantage.

import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

const CONNECTIONS = 10;

const [path, port, messages, key] = process.argv.slice(2);
const letter = JSON.parse(readFileSync(path, 'utf8'));

const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  ignoreTLS: true,
  pool: true,
  maxConnections: CONNECTIONS,
  maxMessages: Infinity,
  ...(key && { dkim: { domainName: letter.domain, keySelector: letter.selector, privateKey: readFileSync(key, 'utf8') } }),
});

// A text as a function of a reader's fields, by name.
function template(text) {
  const parts = text.split(new RegExp(`(${Object.keys(letter.tokens).join('|')})`));
  return (fields) => parts.map((part) => (part in letter.tokens ? fields[letter.tokens[part]] : part)).join('');
}

const subject = template(letter.subject);
const html = template(letter.html);
const text = template(letter.text);

function mail(number) {
  const address = `reader${number}@example.org`;
  const first_name = letter.first_names[number % letter.first_names.length];
  const name = `${first_name} Reader ${number}`;
  const token = createHmac('sha256', 'key').update(address).digest('base64url');
  const unsubscribe_link = `${letter.link}${token}`;
  const fields = { first_name, name, email: address, unsubscribe_link };
  return {
    envelope: { from: `bounces+${number}@example.org`, to: address },
    from: letter.sender,
    to: { name, address },
    subject: subject(fields),
    html: html(fields),
    text: text(fields),
    headers: { ...letter.headers, 'List-Unsubscribe': { prepared: true, value: `<${unsubscribe_link}>` } },
  };
}

let begun = 0;
let taken = 0;

async function loop() {
  while (begun < Number(messages)) {
    await transport.sendMail(mail(begun++));
    taken++;
  }
}

await Promise.all(Array.from({ length: CONNECTIONS }, loop));
transport.close();
console.log(JSON.stringify({ taken }));
