import { HtmlValidate, StaticConfigLoader } from "html-validate/browser";
globalThis.htmlValidate = (text, rules) => {
  const loader = new StaticConfigLoader({ root: true, extends: ["html-validate:recommended"], elements: ["html5"], rules });
  const report = new HtmlValidate(loader).validateStringSync(text);
  return report.results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column, selector }) => [ruleId, message, line, column, selector]));
};
