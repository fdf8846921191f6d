# make help lists the targets. Everything is built below build/, and `rm -rf build` forgets it all.

BUILD ?= release
JOBS ?= $(shell nproc)
FUZZ_SECONDS ?= 60
T ?=

CMAKE_TYPE_release = Release
CMAKE_TYPE_debug = Debug
CMAKE_TYPE_reldebug = RelWithDebInfo

# Each build/<type> is configured once; afterwards cmake itself notices changes.
configure = test -f build/$(1)/Makefile || \
	cmake -S . -B build/$(1) -DCMAKE_BUILD_TYPE=$(CMAKE_TYPE_$(1)) >build/$(1)-configure.log || \
	{ cat build/$(1)-configure.log; rm -f build/$(1)/CMakeCache.txt; exit 1; }
# Without make's own variables: the inner make is not a part of this one.
build = env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL cmake --build build/$(1) -j$(JOBS)

# Targets that are scripts of their own get the build type as their first argument.
run = @test -x $(1) || { echo "make $@: $(1) does not exist yet" >&2; exit 1; }; $(1) $(BUILD)

ifeq ($(CMAKE_TYPE_$(BUILD)),)
$(error BUILD must be release, debug or reldebug, not '$(BUILD)')
endif

.PHONY: all release debug reldebug deps postgres-deps test-tools demo test unit sql types clients tidy \
	format bench fuzz soak matrix clean distclean help
.DEFAULT_GOAL := release
# The targets share build folders; within one, cmake builds in parallel.
.NOTPARALLEL:

all: release

release debug reldebug: deps ## build it (release is the default): build/<type>/
	@$(call configure,$@)
	@$(call build,$@)

deps: ## fetch the pinned dependencies into build/deps, once
	@deps/check-tools build
	@deps/fetch headers archives libpq shell

postgres-deps: | deps
	@deps/fetch postgres

test-tools:
	@deps/check-tools build test

demo: $(BUILD) postgres-deps ## a throw-away server with data, and a shell attached to it
	$(call run,tools/demo)

test: test-tools $(BUILD) postgres-deps unit ## all tests: unit, SQL, clients, types, servers, faults
	$(call run,tools/run-tests)

unit: deps ## unit tests of the C layers, under ASan and UBSan
	@$(call configure,$(BUILD))
	@$(call build,$(BUILD)) --target unit-tests
	@cmake/run-unit build/$(BUILD)/unit

sql: $(BUILD) postgres-deps ## SQL tests against a throw-away server
	$(call run,tools/run-sql)

types: $(BUILD) postgres-deps ## every type both ways, against a throw-away server
	$(call run,test/types/run)

clients: test-tools $(BUILD) postgres-deps ## tests in the shell, Python and Node
	$(call run,tools/run-clients)

matrix: test-tools $(BUILD) postgres-deps ## SQL, types and differential tests on PostgreSQL 14 to 18
	$(call run,tools/run-matrix)

bench: $(BUILD) postgres-deps ## benchmarks
	$(call run,bench/run)

soak: $(BUILD) postgres-deps ## long run that watches memory, connections and locks
	$(call run,bench/soak)

fuzz: ## libFuzzer on every parser, FUZZ_SECONDS (60) each; T=<name> for one
	@deps/check-tools tidy
	@mkdir -p build && test -f build/fuzz/Makefile || \
		cmake -S . -B build/fuzz -DPGS_FUZZ=ON -DCMAKE_C_COMPILER=clang-14 >build/fuzz-configure.log
	@$(call build,fuzz)
	@cmake/run-fuzz build/fuzz $(FUZZ_SECONDS) $(T)

tidy: release ## check layers, headers, sizes, symbols, formatting
	@deps/check-tools tidy
	@tools/tidy

format: ## reformat all C and C++
	@deps/check-tools tidy
	@git ls-files -co --exclude-standard -- '*.c' '*.h' '*.cpp' '*.hpp' | xargs -r clang-format-14 -i

clean: ## forget what was built, keep the dependencies
	rm -rf build/release build/debug build/reldebug build/fuzz build/*-configure.log

distclean: ## forget the dependencies too
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z ]*\):[^#]*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'
