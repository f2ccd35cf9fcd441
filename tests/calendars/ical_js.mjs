// Answers each line of its input, a calendar as a JSON string, with a line: what ical.js reads in it.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);

function read(calendar) {
  try {
    return ICAL.parse(calendar);
  } catch (error) {
    return String(error);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(read(JSON.parse(line))));
}
