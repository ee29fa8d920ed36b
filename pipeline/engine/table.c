/* Lines end in "\n" or "\r\n"; empty ones and comments say nothing. */
#include "engine/table.h"

table table_of(loader *l, uint32_t file) {
    return (table){.l = l, .below = file == NONE ? STR("") : l->k->files.at[file].text, .start = {file, 0, 1}};
}

bool table_next(table *t) {
    while (t->below.len) {
        str_cut(t->below, '\n', &t->text, &t->below);
        if (str_ends(t->text, STR("\r"))) t->text.len--;
        t->start.line++;
        t->rest = str_trim(t->text);
        if (t->rest.len && t->rest.at[0] != '#') return true;
    }
    return false;
}

str table_word(table *t) { return str_word(&t->rest); }

location table_place(const table *t, str at) { return location_plus(t->start, t->text, (size_t)(at.at - t->text.at)); }

bool table_complain(const table *t, str at, const char *message) {
    problem_at(t->l->p, t->l->k, table_place(t, at), true, "%s", message);
    return false;
}
