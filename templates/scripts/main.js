/* The report's script: what the page does, in the order in which it is set up. */

import "./stops.js";
import { begin } from "./panel.js";
import "./keyboard.js";
import "./contents.js";
import "./palette.js";
import "./tables.js";
import "./explorer.js";
import "./since.js";

begin();
document.documentElement.classList.add("live"); // all of it can be used
