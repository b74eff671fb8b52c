/* What every page can do more easily with script; nothing here is needed. */
import { watchMenus } from "./menus.js";
import { watchContents } from "./contents.js";
import { watchPrintButtons } from "./printing.js";
import { keepQuestions } from "./questions.js";
import { watchSearchPage } from "./search.js";
import { watchSearchKey } from "./search-key.js";
import { watchSuggestions } from "./suggestions.js";

watchMenus(document);
watchContents(document);
watchPrintButtons(document);
keepQuestions(document);
watchSuggestions(document);
watchSearchKey(document);
watchSearchPage(document);
