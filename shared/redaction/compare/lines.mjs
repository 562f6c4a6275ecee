// As lines.py.
import readline from 'node:readline';

export const GONE = '\u2588';

export async function run(redact) {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { id, turns } = JSON.parse(line);
    const said = turns.map((turn) => turn.text.replaceAll('\n', ' '));
    let texts = said.length ? (await redact(said.join('\n'))).split('\n') : [];
    if (texts.length !== said.length) texts = await Promise.all(said.map(redact));
    console.log(JSON.stringify({ id, turns: turns.map(({ speaker }, at) => ({ speaker, text: texts[at] })) }));
  }
}
