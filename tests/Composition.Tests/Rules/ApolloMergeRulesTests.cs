using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ApolloMergeRulesTests
{
    [Fact]
    public void What_is_extended_is_defined_somewhere() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! }
            # source b
            extend type Rose @key(fields: "id") { id: ID! @external color: String }
            """,
        bad:
            """
            # source a
            type Query { best: Int }
            # source b
            extend type Rose @key(fields: "id") { id: ID! @external color: String }
            """,
        problems:
            """
            b.graphqls:1:1 EXTENSION_WITH_NO_BASE Rose is only extended, in b, and no source defines it.
              hint: Define Rose in the source that it belongs to: type Rose instead of extend type Rose.
            """);

    [Fact]
    public void A_type_is_more_than_mentioned() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            type Query { best: Rose }
            extend type Rose @key(fields: "id") { id: ID! @external }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            type Query { best: Rose }
            extend type Rose { color: String @external }
            """,
        problems:
            """
            b.graphqls:2:1 TYPE_WITH_ONLY_UNUSED_EXTERNAL Every field of Rose is @external in b, and no @key, @requires or @provides there uses one.
              hint: Add a @key to Rose in b, so that the source can name the value, or remove what refers to it.
            """);

    [Fact]
    public void An_external_field_is_labelled_by_its_owner() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @tag(name: "public") }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Rose @key(fields: "id") { id: ID! color: String @external tint: Int @requires(fields: "color") }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@tag"])
            type Rose @key(fields: "id") { id: ID! color: String @external @tag(name: "public") tint: Int @requires(fields: "color") }
            """,
        problems:
            """
            b.graphqls:2:64 MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL Rose.color is @external in b and has @tag there, which only the source that resolves the field can give it.
              hint: Move the directive to the source that resolves the field, or remove it.
            """);

    [Fact]
    public void What_Federation_1_extends_of_other_kinds_is_defined_somewhere_too() => Rule.CheckApollo(
        good:
            """
            # source a
            type Query { e: E i(i: I): Int u: U s: S }
            type A { a: Int }
            extend enum E { A }
            extend input I { a: Int }
            extend union U = A
            extend scalar S @specifiedBy(url: "https://example.org/s")
            # source b
            type Query { b: E }
            enum E { A B }
            input I { a: Int }
            union U = A
            type A { a: Int }
            scalar S
            """,
        bad:
            """
            # source a
            type Query { e: E i(i: I): Int u: U s: S }
            type A { a: Int }
            extend enum E { A }
            extend input I { a: Int }
            extend union U = A
            extend scalar S @specifiedBy(url: "https://example.org/s")
            """,
        problems:
            """
            a.graphqls:3:1 EXTENSION_WITH_NO_BASE E is only extended, in a, and no source defines it.
              hint: Define E in the source that it belongs to: leave "extend" away there.

            a.graphqls:4:1 EXTENSION_WITH_NO_BASE I is only extended, in a, and no source defines it.
              hint: Define I in the source that it belongs to: leave "extend" away there.

            a.graphqls:5:1 EXTENSION_WITH_NO_BASE U is only extended, in a, and no source defines it.
              hint: Define U in the source that it belongs to: leave "extend" away there.

            a.graphqls:6:1 EXTENSION_WITH_NO_BASE S is only extended, in a, and no source defines it.
              hint: Define S in the source that it belongs to: leave "extend" away there.
            """);

    [Fact]
    public void Sources_that_share_a_field_can_return_the_same() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { find: Plant @shareable }
            union Plant = Rose
            type Rose @shareable { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { find: Plant @shareable }
            union Plant = Rose
            type Rose @shareable { id: ID! }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { find: Plant @shareable }
            union Plant = Rose
            type Rose { id: ID! }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable"])
            type Query { find: Plant @shareable }
            union Plant = Lily
            type Lily { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:14 SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES { find { __typename } } can be answered by several sources, and never alike at Query.find: a returns Rose; b returns Lily.
              also b.graphqls:2:14
              hint: Let all sources of Query.find return objects of one type at least, or keep the field in one of them.
            """);

    [Fact]
    public void What_is_taken_over_has_no_strings_attached() => Rule.CheckApollo(
        good:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String tint: Int }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])
            type Rose @key(fields: "id") { id: ID! tint: Int @override(from: "a") }
            """,
        bad:
            """
            # source a
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external"])
            type Query { rose: Rose }
            type Rose @key(fields: "id") { id: ID! color: String @external tint: Int @requires(fields: "color") }
            # source b
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override", "@shareable"])
            type Rose @key(fields: "id") { id: ID! color: String tint: Int @override(from: "a") @shareable }
            """,
        problems:
            """
            b.graphqls:2:64 OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE Rose.tint is taken over from a, where it has @requires.
              also a.graphqls:3:74
              hint: Remove @requires in a, or remove @override.

            a.graphqls:3:64 INVALID_FIELD_SHARING Rose.tint is resolved by a and b, and not marked as @shareable in a.
              also b.graphqls:2:54
              hint: Mark it as @shareable in all of them if they give the same value; otherwise keep it in one, or rename it in the others.
            """);
}
