/* The report's script: what the page does, in the order in which it is set up. */

import "./stops.js";
import { begin } from "./panel.js";
import "./keyboard.js";
import "./contents.js";
import "./palette.js";
import "./headings.js";
import "./tables.js";
import "./figures.js";
import "./views.js";
import "./explorer.js";
import "./since.js";
import "./walk.js";
import "./staying.js";
import { keepFitting } from "./fit.js";
import { foldParts } from "./fold.js";

foldParts();
keepFitting();
begin();
document.documentElement.classList.add("live"); // all of it can be used
