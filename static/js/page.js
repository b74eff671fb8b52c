/* What every page can do more easily with script; nothing here is needed. */
import { watchMenus } from "./menus.js";
import { watchContents } from "./contents.js";
import { watchPrintButtons } from "./printing.js";
import { watchSearchPage } from "./search.js";
import { watchSuggestions } from "./suggestions.js";

watchMenus(document);
watchContents(document);
watchPrintButtons(document);
watchSuggestions(document);
watchSearchPage(document);
