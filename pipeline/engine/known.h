/* The names of rules/ that the C code knows. They are numbers in it, so that nothing is looked up by name at run time:
   a class stands in pack.known, a key has the same id in every pack. A test holds that the built-in rules have them. */
#ifndef WHOMET_KNOWN_H
#define WHOMET_KNOWN_H

/* clang-format off */
#define KNOWN_CLASSES(X) \
    X(ABBREVIATION, "abbreviation") X(ADJECTIVE_FORM, "adjective-form") X(ADVERB, "adverb") \
    X(AFTER_PARTICIPLE, "after-participle") X(AGENCY, "agency") X(AHEAD_WORD, "ahead-word") \
    X(ANOTHER_WORD, "another-word") X(APART_WORD, "apart-word") X(ARRANGED, "arranged") \
    X(ARRIVE_VERB, "arrive-verb") X(ASIDE, "aside") X(AWAITS, "awaits") X(BARE, "bare") X(BEGIN_VERB, "begin-verb") X(BODY, "body") X(BOUNDS, "bounds") X(BOUND_WORD, "bound-word") \
    X(CALL_NOUN, "call-noun") X(CAPITAL, "capital") X(CITY, "city") X(COMPANIONS, "companions") \
    X(COMPARES, "compares") X(CONFLICT, "conflict") X(COUNTRY, "country") X(COUNT_WORD, "count-word") \
    X(DATE, "date") X(DEFERS, "defers") X(DEFINITE_WORD, "definite-word") X(DEMONYM, "demonym") X(EVENT, "event") \
    X(FAMILY_NAME, "family-name") X(FINISH_VERB, "finish-verb") X(FINITE, "finite") X(FINITE_AUX, "finite-aux") \
    X(GIVEN, "given") X(GIVEN_NAME, "given-name") X(GROUP, "group") X(HAPPENED, "happened") \
    X(HOLD_VERB, "hold-verb") X(HOLLOW_WORD, "hollow-word") X(HOME_SOURCE, "home-source") X(HONORIFIC, "honorific") \
    X(INCIDENT, "incident") X(INDEFINITE_WORD, "indefinite-word") X(INTENDED, "intended") X(INTENDS, "intends") \
    X(KNOWN_CONFLICT, "known-conflict") X(LEADER, "leader") X(LOOKS_AHEAD, "looks-ahead") X(MANNER, "manner") \
    X(MATTER_NOUN, "matter-noun") X(MAY_COME, "may-come") X(MEETING_NOUN, "meeting-noun") X(MEET_VERB, "meet-verb") \
    X(MONTH, "month") X(NAME, "name") X(NAME_PARTICLE, "name-particle") X(NAME_SUFFIX, "name-suffix") \
    X(NOMINAL, "nominal") X(OFFICE, "office") X(OFFICE_HEAD, "office-head") X(OFFICE_PLURAL, "office-plural") \
    X(OPEN, "open") X(ORGANIZATION, "organization") X(OWNER, "owner") X(PAPER, "paper") X(PARTY, "party") \
    X(PAST_FORM, "past-form") X(PAST_VERB, "past-verb") X(PEOPLE, "people") X(PERSON, "person") X(PLACE, "place") \
    X(POSSESSIVE, "possessive") X(PRONOUN, "pronoun") X(PROPER, "proper") X(RANK, "rank") \
    X(RECEIVE_VERB, "receive-verb") X(RELATIVE_WORD, "relative-word") X(SAY_VERB, "say-verb") \
    X(SCHEDULED, "scheduled") X(SENSED, "sensed") X(SENTENCE_STARTER, "sentence-starter") \
    X(SPEAK_VERB, "speak-verb") X(STATE, "state") X(TIMETABLE, "timetable") X(TIME_UNIT, "time-unit") X(TOPIC_ADJUNCT, "topic-adjunct") \
    X(TOPIC_AND, "topic-and") X(TOPIC_ARTICLE, "topic-article") X(TOPIC_JOINT, "topic-joint") \
    X(TOPIC_LEAD, "topic-lead") X(TOPIC_PAIR, "topic-pair") X(TOPIC_PREPOSITION, "topic-preposition") \
    X(TOPIC_WITHIN, "topic-within") X(TOWN, "town") X(TO_COME, "to-come") X(TO_WORD, "to-word") \
    X(UNDER_WAY, "under-way") X(VBD, "vbd") X(VBG, "vbg") X(VBN, "vbn") X(VERB, "verb") X(VISIT_NOUN, "visit-noun") \
    X(WEIGHTY, "weighty")

/* Of what a rule emits, and of the facts of a list's entry. */
#define KNOWN_KEYS(X) \
    X(ABOUT, "about") X(ACRONYM, "acronym") X(AGREEMENT, "agreement") X(AMBIGUOUS, "ambiguous") X(AS, "as") X(BARE, "bare") \
    X(BASE, "base") X(BEFORE, "before") X(CLOCK, "clock") X(COUNT, "count") X(COUNTERPART, "counterpart") \
    X(DATE, "date") X(DAY, "day") X(DAY2, "day2") X(DAYS, "days") X(DIRECTION, "direction") X(DONE, "done") \
    X(EASTER, "easter") X(END, "end") X(ENDS, "ends") X(EVENT, "event") X(EXACT, "exact") X(FACTOR, "factor") \
    X(FORMER, "former") X(FROM, "from") X(GENDER, "gender") X(HALF, "half") X(HOLIDAY, "holiday") X(HOST, "host") \
    X(HOUR, "hour") X(IN, "in") X(INNER, "inner") X(ISO, "iso") X(JOINED, "joined") X(JOINS, "joins") \
    X(KIND, "kind") X(MINUTES, "minutes") X(MOD, "mod") X(MONTH, "month") X(MONTH2, "month2") X(MONTHS, "months") \
    X(MORE, "more") X(NAME, "name") X(NAMES, "names") X(NEXT_MONTH, "next-month") X(NONE, "none") X(NUMBER, "number") X(NUMERIC, "numeric") \
    X(OF, "of") X(OF2, "of2") X(OF3, "of3") X(OFFICE, "office") X(OFFICES, "offices") X(OF_YEAR, "of-year") \
    X(ONLY, "only") X(OPENS, "opens") X(ORTHODOX, "orthodox") X(OWNED, "owned") X(PART, "part") \
    X(PARTICIPANT, "participant") X(PARTY, "party") X(PLACE, "place") X(POST, "post") X(PRESUMED, "presumed") \
    X(REFERS, "refers") X(REPORTED, "reported") X(SEASON, "season") X(SINGULAR, "singular") X(SOLE, "sole") \
    X(SPEAKS, "speaks") X(STATE, "state") X(STATUS, "status") X(SUBJECT, "subject") X(TIMES, "times") \
    X(TIMEX, "timex") X(TITLE, "title") X(TITLE2, "title2") X(TITLE3, "title3") X(TO, "to") X(TOLD, "told") \
    X(TOWARD, "toward") X(UNIT, "unit") X(UNSURE, "unsure") X(VAGUE, "vague") X(VALUE, "value") X(VISIT, "visit") \
    X(VISITOR, "visitor") X(WEAK, "weak") X(WEEKDAY, "weekday") X(WHEN, "when") X(WHICH, "which") X(WHO, "who") \
    X(WHO2, "who2") X(WHO3, "who3") X(YEAR, "year")
/* clang-format on */

#define KNOWN_ID(id, name) KNOWN_##id,
typedef enum known_class { KNOWN_CLASSES(KNOWN_ID) KNOWN_COUNT } known_class;
#undef KNOWN_ID
#define KEY_ID(id, name) KEY_##id,
enum known_key { KNOWN_KEYS(KEY_ID) KEYS_KNOWN };
#undef KEY_ID

#endif
