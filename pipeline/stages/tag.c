/* Tag: symbols, then the phases of the tag stage in the order of rules/order; dates are resolved at the end, in text
   order. */
#include "stages/stages.h"

enum { TOKENS_A_MENTION = 3 };

void stage_tag(worker *w, document *d) {
    const pack *k = worker_pack(w);
    VEC_RESERVE(d->arena, &d->mentions, d->tokens.len / TOKENS_A_MENTION + 1);
    for (uint32_t s = 0; s < d->sentences.len; s++) {
        worker_symbols(w, d, &d->sentences.at[s]);
        for (uint32_t p = 0; p < k->phases.len; p++) {
            if (k->phases.at[p].stage == STAGE_TAG) worker_run_phase(w, d, s, p);
        }
    }
    calendar_resolve(w, d);
}
