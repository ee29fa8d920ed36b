/* Which agreement or public event of an article a mention is, and at which contact or event it came about. What an
 * article gives is written NAME (STATUS DATE; parties; at WHAT), several with " / " between. */
#include "unit.h"

#include "engine/pack.h"
#include "stages/stages.h"

static const struct {
    const char *name, *text, *agreements, *events;
} cases[] = {
    /* ---- one thing for all its mentions */
    {"one treaty, told three times",
     "Finland and Portugal signed the Porvoo Treaty on Monday. The treaty was long. The Porvoo Treaty on Fishing was "
     "praised.",
     "Porvoo Treaty (signed 2021-05-03; Finland, Portugal)", ""},
    {"a deal points back to an agreement of any kind",
     "Finland and Portugal signed a memorandum on fishing. The deal was praised.",
     "memorandum on fishing (signed ; Finland, Portugal)", ""},
    {"other parties, another treaty",
     "Finland and Portugal signed a fishing agreement. Spain and Chile signed a fishing agreement.",
     "fishing agreement (signed ; Finland, Portugal) / fishing agreement (signed ; Spain, Chile)", ""},
    {"other dates, another treaty",
     "Finland and Portugal signed a fishing agreement in 2011. Finland and Portugal signed a fishing agreement in "
     "2019.",
     "fishing agreement (signed 2011; Finland, Portugal) / fishing agreement (signed 2019; Finland, Portugal)", ""},
    {"a second one is another one",
     "Finland and Portugal signed an agreement on fishing. A second agreement was signed in 2019.",
     "agreement on fishing (signed ; Finland, Portugal) / agreement (signed 2019; )", ""},
    {"two of one name, on two things",
     "Finland and Portugal signed an interim agreement on trade. Finland and Portugal signed an interim agreement on "
     "visas.",
     "interim agreement on trade (signed ; Finland, Portugal) / interim agreement on visas (signed ; Finland, "
     "Portugal)",
     ""},
    {"papers of another kind", "Finland signed the Porvoo Treaty. Agreements were signed with Chile.",
     "Porvoo Treaty (signed ; Finland) / Agreements (signed ; Chile)", ""},
    {"several agreements are not the one told before",
     "Finland and Portugal signed an agreement on fishing. The agreements reached in 2011 were long.",
     "agreement on fishing (signed ; Finland, Portugal) / agreements (agreed 2011; )", ""},
    {"a government's executive paper", "He signed a National Security Memorandum on fishing.", "", ""},
    {"who signs for several", "The pact signed by the leaders of Finland and Portugal was long.",
     "pact (signed ; leaders, Finland, Portugal)", ""},
    {"still in force when it is to be left", "Portugal will quit the Porvoo Treaty.",
     "Porvoo Treaty (agreed ; Portugal)", ""},
    {"left", "Portugal has quit the Porvoo Treaty.", "Porvoo Treaty (not_held ; Portugal)", ""},
    {"not yet signed", "Portugal still had not signed the Porvoo Treaty.", "Porvoo Treaty (not_held ; Portugal)", ""},
    {"announced", "Finland announced an agreement with Portugal to share the water.",
     "agreement to share the water (agreed ; )", ""},
    {"being negotiated", "Finland and Portugal are negotiating a fishing agreement.", "fishing agreement (proposed ; )",
     ""},
    {"who brokered it is no party", "Finland and Portugal reached a fishing deal brokered by Chile.",
     "fishing deal (agreed ; Finland, Portugal)", ""},
    {"the possibility of signing", "They spoke of the possibility of signing a fishing agreement with Chile.",
     "fishing agreement (proposed ; Chile)", ""},
    {"people deal with things", "They must help our citizens deal with this.", "", ""},
    {"the name goes on", "The Fishing Treaty Act was long. They read the Harbour Summit Declaration.",
     "Harbour Summit Declaration (agreed ; )", ""},
    {"the stronger status stays",
     "Finland and Portugal want to negotiate the Porvoo Treaty. Finland and Portugal signed the Porvoo Treaty. The "
     "Porvoo Treaty must be implemented.",
     "Porvoo Treaty (signed ; Finland, Portugal)", ""},
    {"rejected after all", "Finland and Portugal reached a fishing deal. Portugal rejected the deal.",
     "fishing deal (not_held ; Finland, Portugal)", ""},
    {"a war in one place is one war",
     "The war in Chile began in March. He spoke of the war in Chile and of the conflict.", "",
     "war in Chile (occurred 2021-03; )"},
    {"attacks in two places of one country", "The attack in Porto was long. The attack in Lisbon was long.", "",
     "attack in Porto (occurred ; ) / attack in Lisbon (occurred ; )"},
    {"attacks in general", "He spoke of wars in Chile. He spoke of the war in Chile.", "",
     "war in Chile (occurred ; )"},
    {"a war of two sides", "The war between Finland and Portugal was long.", "",
     "war between Finland and Portugal (occurred ; Finland, Portugal)"},
    {"took place", "The Porvoo Conference on Fishing took place in Lisbon on 3 May 2021.", "",
     "Porvoo Conference on Fishing (occurred 2021-05-03; )"},
    {"went to attend", "They spoke of the trip of Chile to attend the Porvoo Summit.", "",
     "Porvoo Summit (occurred ; )"},
    {"an earthquake strikes", "An earthquake struck northern Chile on 3 May 2021.", "",
     "earthquake (occurred 2021-05-03; )"},
    {"a war of a pair", "He was captured in the Finland-Portugal war.", "",
     "Finland-Portugal war (occurred ; Finland, Portugal)"},
    {"the week to come", "He spoke of next week's election.", "", "next week's election (planned 2021-W19; )"},
    {"the week that went", "He spoke of last week's election.", "", "last week's election (occurred 2021-W17; )"},
    {"what is still to come is planned", "The Porvoo Summit on June 8 is important.", "",
     "Porvoo Summit (planned 2021-06-08; )"},

    /* ---- what is worth keeping */
    {"a bare noun that nothing is said of", "The deal is important. An agreement is important.", "", ""},
    {"a bare war", "The war was long. There was a conference.", "", ""},
    {"papers count when they are signed", "They read two documents. Finland and Portugal published an action plan.", "",
     ""},
    {"signed papers", "Finland and Portugal signed an action plan.", "action plan (signed ; Finland, Portugal)", ""},

    /* ---- occasions */
    {"a contact at an event", "Anna Kaleva met Joon Bok on the sidelines of the Porvoo Summit.", "",
     "(occurred ; Anna Kaleva, Joon Bok; at Porvoo Summit) / Porvoo Summit (occurred ; )"},
    {"an event that opens the sentence", "At the Porvoo Summit, Anna Kaleva met Joon Bok.", "",
     "(occurred ; Anna Kaleva, Joon Bok; at Porvoo Summit) / Porvoo Summit (occurred ; )"},
    {"an event of another clause", "Anna Kaleva, who spoke at the Porvoo Summit, met Joon Bok.", "",
     "(occurred ; Anna Kaleva, Joon Bok) / Porvoo Summit (occurred ; )"},
    {"said at an event", "Anna Kaleva met Joon Bok, she said at the Porvoo Summit.", "",
     "(occurred ; Anna Kaleva, Joon Bok) / Porvoo Summit (occurred ; )"},
    {"a pledge made at an event", "Anna Kaleva met Joon Bok on the pledge made at the Porvoo Summit.", "",
     "(occurred ; Anna Kaleva, Joon Bok) / Porvoo Summit (occurred ; )"},
    {"nobody meets at a war", "Anna Kaleva met Joon Bok during the Cold War.", "",
     "(occurred ; Anna Kaleva, Joon Bok) / Cold War (occurred ; )"},
    {"an event of last year", "Anna Kaleva met Joon Bok on 3 May 2021. They met to review the 2019 Porvoo Summit.", "",
     "(occurred 2021-05-03; Anna Kaleva, Joon Bok) / 2019 Porvoo Summit (occurred 2019; )"},
    {"the meeting took place there",
     "Anna Kaleva met Joon Bok. The meeting took place on the sidelines of the Porvoo Summit.", "",
     "(occurred ; Anna Kaleva, Joon Bok; at Porvoo Summit) / Porvoo Summit (occurred ; )"},
    {"signed after the talks", "Anna Kaleva met Joon Bok. Following the talks, the two signed a memorandum on fishing.",
     "memorandum on fishing (signed ; Joon Bok, Anna Kaleva; at meeting)", "(occurred ; Anna Kaleva, Joon Bok)"},
    {"signed by others than those who met",
     "Anna Kaleva met Joon Bok. After the talks, Spain and Chile signed a memorandum on fishing.",
     "memorandum on fishing (signed ; Spain, Chile)", "(occurred ; Anna Kaleva, Joon Bok)"},
    {"signed at an event", "Spain and Chile signed a memorandum on fishing at the Porvoo Summit.",
     "memorandum on fishing (signed ; Spain, Chile; at Porvoo Summit)", "Porvoo Summit (occurred ; )"},
};

static str with(arena *a, str all, const char *gap, str more) {
    return arena_format(a, "%.*s%s%.*s", (int)all.len, all.len ? all.at : "", gap, (int)more.len,
                        more.len ? more.at : "");
}

static str written(arena *a, const document *d, const event *list, uint32_t count) {
    str all = {0};
    for (uint32_t i = 0; i < count; i++) {
        const event *e = &list[i];
        all = with(a, all, i ? " / " : "", e->name);
        all = with(a, all, e->name.len ? " (" : "(", str_of(e->status));
        all = with(a, all, " ", e->date);
        for (uint32_t p = 0; p < e->participants.len || p == 0; p++)
            all = with(a, all, p ? ", " : "; ",
                       e->participants.len ? d->entities.at[e->participants.at[p].entity].name : (str){0});
        const event *at = e->during ? &d->events.at[e->during - 1] : NULL;
        if (at) all = with(a, all, "; at ", at->name.len ? at->name : at->type);
        all = with(a, all, ")", (str){0});
    }
    return all;
}

static void same(const char *name, str got, const char *want) {
    bool equal = str_equal(got, str_of(want));
    CHECK(name, equal);
    if (!equal) printf("  got %.*s\n", (int)got.len, got.at);
}

int main(void) {
    arena a = {0};
    problems p = {0};
    pack *k = pack_load(NULL, 0, &p);
    worker *w = worker_new(k);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        document d = {.arena = &a, .buffer = str_of(cases[i].text), .published = STR("2021-05-04")};
        stage_tokenize(w, &d);
        stage_tag(w, &d);
        stage_link(w, &d);
        stage_relate(w, &d);
        same(cases[i].name, written(&a, &d, d.agreements.at, d.agreements.len), cases[i].agreements);
        same(cases[i].name, written(&a, &d, d.events.at, d.events.len), cases[i].events);
        arena_reset(&a);
    }
    worker_free(w);
    pack_free(k);
    buf_free(&p.text);
    arena_free(&a);
    return unit_done();
}
