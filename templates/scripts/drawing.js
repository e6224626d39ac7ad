/* Drawing: a figure as a picture of its own, with its caption above and its source below.
 *
 * It has the colours of paper, whatever the light, and the glyphs of its words inside, so that it
 * looks the same in another program. Programs that read no fonts from a file set it in their own.
 */

import { faceFor } from "./glyphs.js";
import { lineage, say } from "./lineage.js";
import { save } from "./taking.js";

const SPACE = "http://www.w3.org/2000/svg";
const EDGE = 8; // white around
const DENSE = 3; // pixels of a PNG for one of the drawing
const SIZES = { caption: 11, source: 7 };
const INK = { caption: "#0B2E4F", source: "#5A6773" };
const DRESS = ["class", "role", "tabindex", "id", "style", "aria-haspopup", "aria-describedby", "aria-label", "data-sign", "data-changed"];

/** A text in lines of a width; Chinese characters are one em wide, others about half of one. */
function lines(text, width, size) {
  const found = [""];
  let used = 0;
  for (const word of text.match(/[\w.,%\-/:]+|./gu) ?? []) {
    const wide = [...word].reduce((sum, one) => sum + (one.codePointAt(0) < 0x2000 ? 0.58 : 1), 0) * size;
    const closing = /^[，。；、：）》」]$/.test(word); // which begins no line
    if (used + wide > width && !closing) {
      found.push("");
      used = 0;
    }
    found[found.length - 1] += word;
    used += wide;
  }
  return found;
}

function written(kind, text, width, top) {
  const size = SIZES[kind];
  const parts = lines(text, width, size).map((line, at) => {
    const element = document.createElementNS(SPACE, "text");
    const places = { x: EDGE, y: top + (at + 1) * size * 1.4, "font-size": `${size}px`, "text-anchor": "start", fill: INK[kind], ...(kind === "caption" && { "font-weight": 700 }) };
    for (const [name, value] of Object.entries(places)) element.setAttribute(name, value);
    element.textContent = line;
    return element;
  });
  return [parts, top + (parts.length + 0.6) * size * 1.4];
}

const oneLine = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
export const captionOf = (graphic) => oneLine(graphic.closest("figure")?.querySelector("figcaption"));

/** The line below a figure that says where its data are from. */
export function sourceOf(graphic) {
  const figure = graphic.closest("figure");
  let next = figure?.nextElementSibling;
  while (next && !next.matches("p.source")) next = next.matches("details, .narrowing") ? next.nextElementSibling : null;
  return next;
}

export const nameOf = (graphic) => graphic.id.replace("fig-", "");

/** The page's faces for drawings with the glyphs of some texts, as rules for another document. */
async function faces(texts) {
  const words = { 400: "", 700: "" };
  for (const text of texts) words[text.closest("[font-weight]")?.getAttribute("font-weight") ?? 400] += text.textContent;
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.style.fontFamily.includes("Sans") && words[rule.style.fontWeight]);
  const few = async ({ cssText, style }) => {
    const [packed] = cssText.match(/(?<=base64,)[\w+/=]+/);
    const face = await faceFor(Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0)), words[style.fontWeight]);
    return cssText.replace(packed, btoa(Array.from(face, (byte) => String.fromCharCode(byte)).join("")));
  };
  return (await Promise.all(rules.map(few))).join("\n");
}

/** The wide drawing as a document of its own, and its size. */
export async function picture(graphic) {
  const drawn = graphic.querySelector("svg.wide") ?? graphic.querySelector("svg");
  const svg = drawn.cloneNode(true);
  for (const part of [svg, ...svg.querySelectorAll("*")]) DRESS.forEach((name) => part.getAttribute(name) !== null && (name !== "id" || !part.closest("defs, clipPath")) && part.removeAttribute(name));
  const [, , wide, high] = svg.getAttribute("viewBox").split(" ").map(Number);
  const width = wide + 2 * EDGE;
  const [caption, below] = written("caption", captionOf(graphic), wide, EDGE);
  const said = [oneLine(sourceOf(graphic)), document.title, `${say.id} ${graphic.dataset.fact}`].filter(Boolean).join(" · ");
  const [source, height] = written("source", said, wide, below + high);
  const inner = document.createElementNS(SPACE, "g");
  inner.setAttribute("transform", `translate(${EDGE} ${below})`);
  inner.append(...svg.childNodes);
  const style = document.createElementNS(SPACE, "style");
  const ground = document.createElementNS(SPACE, "rect");
  for (const [name, value] of Object.entries({ width, height, fill: "#fff" })) ground.setAttribute(name, value);
  svg.append(style, ground, ...caption, inner, ...source);
  style.textContent = await faces(svg.querySelectorAll("text"));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", width);
  svg.setAttribute("height", height);
  svg.setAttribute("font-family", "'Noto Sans SC', sans-serif");
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

export const saveSvg = async (graphic) => save(`${nameOf(graphic)}.svg`, (await picture(graphic)).text, "image/svg+xml");

/** The same as pixels, painted by the browser from the document itself: nothing is requested. */
export async function savePng(graphic) {
  const { text, width, height } = await picture(graphic);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * DENSE, height * DENSE].map(Math.round);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(`${nameOf(graphic)}.png`, blob, "image/png"), "image/png");
}
