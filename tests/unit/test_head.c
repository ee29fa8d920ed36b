/* Heads and datelines, and what must not be taken for one. */
#include "stages/head.h"

#include <string.h>

#include "unit.h"

static const struct {
    const char *name, *text, *title, *byline, *published, *source, *place;
} heads[] = {
    {"label date and byline", " date 2022-02-08 By Vugar Khalilov\n\nThe ministers met.\n", "", "Vugar Khalilov",
     "2022-02-08", "", ""},
    {"title, byline, date", "Ministers meet in Lisbon\nBy Anna Kaleva\n8 February 2022\n\nThe ministers met.\n",
     "Ministers meet in Lisbon", "Anna Kaleva", "2022-02-08", "", ""},
    {"title alone", "Ministers meet in Lisbon\n\nThe ministers met.\n", "Ministers meet in Lisbon", "", "", "", ""},
    {"first sentence is no title", "The ministers met.\n\nThey spoke.\n", "", "", "", "", ""},
    {"wrapped text has no title", "The ministers of both states\nmet in Lisbon.\n", "", "", "", "", ""},
    {"published line", "Published: 8 February 2022, 14:30 GMT\nThe ministers met.\n", "", "", "2022-02-08", "", ""},
    {"byline and date in one line", "By Anna Kaleva | February 8, 2022\n\nThe ministers met.", "", "Anna Kaleva",
     "2022-02-08", "", ""},
    {"byline, agency", "By Anna Kaleva - Trend:\n\nThe ministers met.", "", "Anna Kaleva", "", "Trend", ""},
    {"date (agency)", "Feb. 8 (Trend)\n\nThe ministers met.", "", "", "", "Trend", ""},
    {"source line", "Source: Lisbon Post\n\nThe ministers met.", "", "", "", "Lisbon Post", ""},
    {"agency dateline", "BAKU, Azerbaijan, 8 February (AZERTAC) -- The ministers met.", "", "", "", "AZERTAC", "BAKU"},
    {"dateline with year", "BAKU, Feb. 8, 2022 -- The ministers met.", "", "", "2022-02-08", "", "BAKU"},
    {"dateline (Reuters)", "NEW YORK (Reuters) - The ministers met.", "", "", "", "Reuters", "NEW YORK"},
    {"dateline in small letters", "Baku, 8 February, AZERTAC\n\nThe ministers met.", "", "", "", "AZERTAC", "Baku"},
    {"dateline, em dash", "WASHINGTON \xe2\x80\x94 The ministers met.", "", "", "", "", "WASHINGTON"},
    {"dateline of two places", "KYIV/MOSCOW, Feb 8 (Xinhua) -- The ministers met.", "", "", "", "Xinhua",
     "KYIV/MOSCOW"},
    {"dateline, agency with colon", "BAKU, Azerbaijan, Feb.8 Trend: The ministers met.", "", "", "", "Trend", "BAKU"},
    {"dateline after a title", "Ministers meet\n\nBAKU, February 8, 2022 (AZERTAC) The ministers met.",
     "Ministers meet", "", "2022-02-08", "AZERTAC", "BAKU"},
    {"name and date open a sentence", "On 8 February Anna Kaleva met Joon Bok.", "", "", "", "", ""},
    {"a dash inside a sentence", "Baku \xe2\x80\x94 the capital \xe2\x80\x94 was quiet.", "", "", "", "", ""},
    {"a date between dashes", "On March 11 \xe2\x80\x93 a year ago \xe2\x80\x93 they met.", "", "", "", "", ""},
    {"an organization and its short name", "Green Harbour Fund (GHF) \xe2\x80\x94 a charity \xe2\x80\x94 closed.", "",
     "", "", "", ""},
    {"a label that ends with a colon", "FACT SHEET: The ministers met.", "", "", "", "", ""},
    {"a sentence with By", "By Tuesday the ministers had met.\n\nThey spoke.", "", "", "", "", ""},
    {"byte order mark",
     "\xef\xbb\xbf"
     "Published 2022-02-08\n\nThe ministers met.",
     "", "", "2022-02-08", "", ""},
    {"carriage returns", "Ministers meet\r\n\r\nBy Anna Kaleva\r\n\r\nThe ministers met.\r\n", "Ministers meet",
     "Anna Kaleva", "", "", ""},
    {"nothing", "", "", "", "", "", ""},
};

static const struct {
    const char *in, *out;
} dates[] = {
    {"2022-02-08", "2022-02-08"},
    {"2018-04-05T06:00", "2018-04-05T06:00"},
    {"2021-11-01T10:52:50+0100", "2021-11-01T10:52:50+0100"},
    {"2017-11-03 03:01:00.000000", "2017-11-03T03:01:00.000000"},
    {"Tue, 08 Feb 2022 10:00:00 GMT", "2022-02-08"},
    {"February 8, 2022", "2022-02-08"},
    {"8th of February 2022", "2022-02-08"},
    {"Sept. 3, 2021", "2021-09-03"},
    {"20220208", "2022-02-08"},
    {"08.02.2022", "2022-02-08"},
    {"2022/02/08", "2022-02-08"},
    {"25/02/2022", "2022-02-25"},
    {"02/08/2022", ""},
    {"2022-13-08", ""},
    {"2022-02-31x", ""},
    {"None", ""},
    {"", ""},
    {"yesterday", ""},
};

int main(void) {
    arena a = {0};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        head h = head_of(str_of(heads[i].text));
        bool same = str_equal(h.title, str_of(heads[i].title)) && str_equal(h.byline, str_of(heads[i].byline)) &&
                    strcmp(h.published, heads[i].published) == 0 && str_equal(h.source, str_of(heads[i].source)) &&
                    str_equal(h.place, str_of(heads[i].place));
        CHECK(heads[i].name, same);
        if (!same) {
            printf("  title=%.*s byline=%.*s published=%s source=%.*s place=%.*s\n", (int)h.title.len, h.title.at,
                   (int)h.byline.len, h.byline.at, h.published, (int)h.source.len, h.source.at, (int)h.place.len,
                   h.place.at);
        }
    }
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        CHECK(dates[i].in, str_equal(head_date(&a, str_of(dates[i].in)), str_of(dates[i].out)));
    arena_free(&a);
    return unit_done();
}
