using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloLinkedRulesTests
{
    [Fact]
    public void What_is_linked_has_a_name_and_a_version() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) @link(url: "https://example.org/guard/v1.0")
            type Query { ok: Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) @link(url: "https://example.org/guard")
            type Query { ok: Int }
            """,
        problems:
            """
            a.graphqls:1:88 INVALID_LINK_IDENTIFIER "https://example.org/guard" cannot be linked: it does not end in a version such as v1.0.
              hint: Write the specification's URL with its version, such as https://specs.apollo.dev/federation/v2.9.
            """);

    [Fact]
    public void The_version_of_link_itself_is_known() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { ok: Int }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/link/v2.0") @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { ok: Int }
            """,
        problems:
            """
            a.graphqls:1:15 UNKNOWN_LINK_VERSION The source links https://specs.apollo.dev/link/v2.0; version v1.0 of link and versions v0.1 and v0.2 of core are known.
              hint: Link https://specs.apollo.dev/link/v1.0.
            """);

    [Fact]
    public void A_directive_that_is_composed_has_one_name() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@label"}])
            type Query { ok: Int @label(name: "public") }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@label"}])
            type Query { too: Int @label(name: "public") }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@label"}])
            type Query { ok: Int @label(name: "public") }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@tag"])
            type Query { too: Int @tag(name: "public") }
            """,
        problems:
            """
            a.graphqls:1:15 LINK_IMPORT_NAME_MISMATCH @tag does not have one name in all sources: @label in a; @tag in b.
              also b.graphqls:1:15
              hint: Import it under the same name everywhere: the composed graph has one name for it.
            """);

    [Fact]
    public void A_source_defines_what_it_links_as_it_is() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            directive @key(fields: String!, unique: Boolean) repeatable on OBJECT
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:1 DIRECTIVE_DEFINITION_INVALID The source defines @key, and not as its specification does: it has no argument "unique".
              hint: Remove the definition, or write: directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
            """);

    // The directive without its argument would ask for nothing.
    [Fact]
    public void A_directive_of_who_may_see_what_has_no_default() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes"])
            directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
            type Query { rose: Int @requiresScopes(scopes: [["x"]]) }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes"])
            directive @requiresScopes(scopes: [[String!]!]! = [["x"]]) on FIELD_DEFINITION
            type Query { rose: Int @requiresScopes }
            """,
        problems:
            """
            a.graphqls:2:1 DIRECTIVE_DEFINITION_INVALID The source defines @requiresScopes, and not as its specification does: the argument "scopes" has the default [["x"]] and not no default.
              hint: Remove the definition, or write: directive @requiresScopes(scopes: [[federation__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
            """);

    [Fact]
    public void A_composed_directive_belongs_to_a_linked_specification() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"]) @link(url: "https://example.org/care/v1.0", import: ["@care"]) @composeDirective(name: "@care")
            directive @care(level: Int) on OBJECT
            type Query { rose: Rose }
            type Rose @care(level: 2) { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"]) @composeDirective(name: "@care")
            directive @care(level: Int) on OBJECT
            type Query { rose: Rose }
            type Rose @care(level: 2) { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:101 DIRECTIVE_COMPOSITION_ERROR @composeDirective in a names @care, which belongs to no linked specification, so that it could mean different things elsewhere.
              hint: Link a specification of your own: @link(url: "https://example.org/care/v1.0", import: ["@care"]).
            """);

    [Fact]
    public void A_directive_is_composed_from_the_sources_that_ask_for_it() => Assert.Equal(
        """
        type Query
          @gateway__type(in: [A, B])
        {
          rose: Int @one(a: 1) @gateway__field(in: A)
          lily: Int @gateway__field(in: B)
        }

        directive @one(a: Int, n: Int) on FIELD_DEFINITION
        """,
        Rule.ComposedTypes(
            """
            # source a
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
              @link(url: "https://example.org/garden/v1.0", import: ["@one"])
              @composeDirective(name: "@one")
            directive @one(a: Int, n: Int) on FIELD_DEFINITION
            type Query { rose: Int @one(a: 1) }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
            directive @one(a: String) on FIELD_DEFINITION
            type Query { lily: Int @one(a: "another directive") }
            """,
            SourceDialect.Apollo));

    [Fact]
    public void A_composed_directive_has_the_name_by_which_it_is_composed() => Assert.Equal(
        """
        type Query
          @gateway__type(in: [A, B])
        {
          rose: Int @garden__one(a: 1) @gateway__field(in: A)
          lily: Int @gateway__field(in: B)
        }

        directive @garden__one(a: Int) on FIELD_DEFINITION
        """,
        Rule.ComposedTypes(
            """
            # source a
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective"])
              @link(url: "https://example.org/garden/v1.0")
              @composeDirective(name: "@garden__one")
            directive @garden__one(a: Int) on FIELD_DEFINITION
            type Query { rose: Int @garden__one(a: 1) }
            # source b
            extend schema
              @link(url: "https://specs.apollo.dev/federation/v2.9")
              @link(url: "https://example.org/garden/v1.0", import: ["@one"])
            directive @one(a: Int) on FIELD_DEFINITION
            type Query { lily: Int @one }
            """,
            SourceDialect.Apollo));

    [Fact]
    public void Messages_have_the_names_of_the_source() => Assert.Equal(
        """
        a.graphqls:3:24 INVALID_GRAPHQL Directive "@one" argument "a" of type "Int!" is required, but it was not provided.
          hint: Mend the schema of a: it must be valid GraphQL on its own.
        """,
        Rule.Text(Rule.Compose(
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
            directive @one(a: Int!) on FIELD_DEFINITION
            type Query { rose: Int @one }
            """,
            SourceDialect.Apollo)));

    [Fact]
    public void A_name_belongs_to_one_specification_of_those_that_are_always_there() => Assert.Equal(
        """
        a.graphqls:1:64 INVALID_LINK_DIRECTIVE_USAGE A source that does not link Federation has the directives of Federation under their own names. "@tag" of https://specs.apollo.dev/federation/v2.4 would be a name of https://specs.apollo.dev/tag/v0.3 too.
          hint: Link Federation and import the directive from there, or give this link another name with "as".

        a.graphqls:1:70 INVALID_LINK_DIRECTIVE_USAGE https://example.org/link/v1.0 and https://specs.apollo.dev/link/v1.0 are both linked as "link".
          hint: Give the link or the import another name with "as".

        a.graphqls:1:15 INVALID_LINK_DIRECTIVE_USAGE a calls @tag "@join__tag", and names that begin so belong to Apollo's join.
          hint: Import it under another name.
        """,
        string.Join("\n\n", new[]
        {
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/tag/v0.3")
            type Query { rose: Int @tag(name: "x") }
            """,
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") @link(url: "https://example.org/link/v1.0")
            type Query { rose: Int }
            """,
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{name: "@tag", as: "@join__tag"}])
            type Query { rose: Int @join__tag(name: "x") }
            """,
        }.Select(sources => Rule.Text(Rule.Compose(sources, SourceDialect.Apollo)))));

    [Fact]
    public void Types_of_a_composed_specification_are_not_for_clients() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key","@shareable","@composeDirective","@tag"]) @link(url: "https://example.org/myfeature/v1.0", import: ["@mine"]) @composeDirective(name: "@mine")
            directive @mine(t: myfeature__Thing) on FIELD_DEFINITION
            enum myfeature__Thing { A B }
            type myfeature__Obj @shareable { x: Int }
            type Query { a: Int @mine(t: A) o: Int  }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key","@shareable","@composeDirective","@tag"]) @link(url: "https://example.org/myfeature/v1.0", import: ["@mine"]) @composeDirective(name: "@mine")
            directive @mine(t: myfeature__Thing) on FIELD_DEFINITION
            enum myfeature__Thing { A B }
            type myfeature__Obj @shareable { x: Int }
            type Query { a: Int @mine(t: A) o: myfeature__Obj  }
            """,
        problems:
            """
            a.graphqls:5:33 REFERENCED_INACCESSIBLE Query.o is for clients and names myfeature__Obj: with "myfeature__" begin the types of https://example.org/myfeature/v1.0, whose directives are composed, and clients see none of them.
              also a.graphqls:4:1
              hint: Give myfeature__Obj another name.
            """);
}
