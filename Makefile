# whomet: `make` builds, `make demo` shows, `make test` proves. Everything made goes to build/.
CC      ?= cc
BUILD   ?= build
PREFIX  ?= /usr/local
VERSION := $(shell sed -n 's/^.define WHOMET_VERSION "\(.*\)"/\1/p' pipeline/whomet.h)
SHARED  ?= ../shared

# ---- what a bare machine needs (Debian's names); `make deps` installs it
TOOLS    := gcc libc6-dev make pkg-config libpcre2-dev libutf8proc-dev libjansson-dev nettle-dev libsqlite3-dev python3 jq sqlite3
LIBS     := libpcre2-8 libpcre2-16 libutf8proc jansson nettle sqlite3
HAVE_ALL := $(shell command -v $(firstword $(CC)) >/dev/null && command -v pkg-config >/dev/null && command -v python3 >/dev/null && \
              command -v jq >/dev/null && command -v sqlite3 >/dev/null && pkg-config --exists $(LIBS) 2>/dev/null && echo yes)

# ---- flags: optimise, warn, harden
OPT      ?= -O3 -g
WARN     := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wformat=2 -Werror=format-security
HARDEN   ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection
LDHARDEN ?= -Wl,-z,relro,-z,now,-z,noexecstack
CPPFLAGS += -Ipipeline -D_GNU_SOURCE
CFLAGS   += -std=gnu11 $(OPT) $(WARN) $(HARDEN) -fPIC -fvisibility=hidden -pthread $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
LDLIBS   += $(shell pkg-config --libs $(LIBS) 2>/dev/null) -pthread
LDFLAGS  += $(LDHARDEN)

LIB_SRC  := $(filter-out pipeline/main.c pipeline/cli/% pipeline/bootstrap/%,$(wildcard pipeline/*.c pipeline/*/*.c))
CLI_SRC  := pipeline/main.c $(wildcard pipeline/cli/*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(BUILD)/%.o)
UNITS    := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))
RULES    := $(sort $(shell find rules -type f -not -name '.*'))

.PHONY: all deps demo test bench score asan lint install clean
all: $(BUILD)/whomet $(BUILD)/libwhomet.a $(BUILD)/libwhomet.so.0 $(BUILD)/whomet.pc

$(BUILD)/whomet: $(CLI_OBJ) $(BUILD)/libwhomet.a
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LDLIBS)

$(BUILD)/libwhomet.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/libwhomet.so.0: $(LIB_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libwhomet.so.0 -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The rule pack, one file after another: form feed, name, size, SHA-256, then the bytes.
$(BUILD)/pack.txt: $(RULES) Makefile
	@mkdir -p $(@D)
	for f in $(RULES); do printf '\f %s %s %s\n' "$${f#rules/}" "$$(wc -c < $$f | tr -d ' ')" "$$(sha256sum < $$f | cut -c 1-64)"; cat "$$f"; echo; done > $@

# The rules as the program has them in it, already loaded: made by a first program, all of the library but that.
$(BUILD)/make_image: $(BUILD)/pipeline/bootstrap/make_image.o $(filter-out %/builtin.o,$(LIB_OBJ))
	$(CC) $(CFLAGS) $(LDFLAGS) -pie -o $@ $^ $(LDLIBS)
$(BUILD)/pack.image: $(BUILD)/pack.txt $(BUILD)/make_image
	$(BUILD)/make_image $< $@
$(BUILD)/pipeline/engine/builtin.o: private CPPFLAGS += -DIMAGE_FILE='"$(abspath $(BUILD))/pack.image"'
$(BUILD)/pipeline/engine/builtin.o: $(BUILD)/pack.image

$(BUILD)/unit/%: tests/unit/%.c tests/unit/unit.h $(BUILD)/libwhomet.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(CFLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/libwhomet.a $(LDLIBS)

$(BUILD)/whomet.pc: Makefile
	@mkdir -p $(@D)
	printf 'prefix=%s\nlibdir=$${prefix}/lib\nincludedir=$${prefix}/include\n\nName: whomet\nDescription: %s\nVersion: %s\nRequires.private: %s\nLibs: -L$${libdir} -lwhomet\nLibs.private: -pthread\nCflags: -I$${includedir}\n' \
	  '$(PREFIX)' 'news articles to a knowledge graph of who met whom about what' '$(VERSION)' '$(LIBS)' > $@

# ---- what people do with it
deps:
ifneq ($(HAVE_ALL),yes)
	@if command -v apt-get >/dev/null; then \
	  as=; [ "$$(id -u)" = 0 ] || as=sudo; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $(TOOLS); \
	else echo "whomet needs these, under the names that your system gives them: $(TOOLS)" >&2; exit 1; fi
endif

demo: deps
	+@$(MAKE) --no-print-directory -s all
	$(BUILD)/whomet corpus/articles -o $(BUILD)/demo.json
	@jq -r -f tests/demo.jq $(BUILD)/demo.json
	@echo "The whole graph is in $(BUILD)/demo.json"

test: deps
	+@$(MAKE) --no-print-directory -s all units
	python3 tests/run.py --build $(BUILD) --shared $(SHARED)

.PHONY: units
units: $(UNITS)

bench: all
	+$(MAKE) --no-print-directory BUILD=$(BUILD)/measured OPT='$(OPT) -DWHOMET_MEASURE' $(BUILD)/measured/whomet
	python3 tests/bench/bench.py --build $(BUILD) --shared $(SHARED)

score: all
	python3 tests/score.py --build $(BUILD) --shared $(SHARED)

asan:
	+$(MAKE) --no-print-directory BUILD=$(BUILD)/asan OPT='-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' HARDEN= LDHARDEN= all units
	python3 tests/run.py --build $(BUILD)/asan --shared $(SHARED)

lint: compile_commands.json
	clang-format --dry-run -Werror $$(git ls-files '*.c' '*.h')
	clang-tidy --quiet -p . $(LIB_SRC) $(CLI_SRC)
	cppcheck --quiet --error-exitcode=1 --enable=warning,performance,portability --inline-suppr --suppress=missingIncludeSystem -Ipipeline pipeline

compile_commands.json: Makefile
	python3 tests/compile_commands.py '$(CC) $(CPPFLAGS) $(CFLAGS) -DIMAGE_FILE=\"pack.image\"' $(LIB_SRC) $(CLI_SRC) > $@

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install -m 755 $(BUILD)/whomet $(DESTDIR)$(PREFIX)/bin/
	install -m 644 $(BUILD)/libwhomet.a $(DESTDIR)$(PREFIX)/lib/
	install -m 755 $(BUILD)/libwhomet.so.0 $(DESTDIR)$(PREFIX)/lib/
	ln -sf libwhomet.so.0 $(DESTDIR)$(PREFIX)/lib/libwhomet.so
	install -m 644 $(BUILD)/whomet.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig/
	install -m 644 pipeline/whomet.h $(DESTDIR)$(PREFIX)/include/

clean:
	rm -rf $(BUILD) compile_commands.json

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(BUILD)/pipeline/bootstrap/make_image.d
