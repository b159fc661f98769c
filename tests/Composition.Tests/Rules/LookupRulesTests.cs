using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class LookupRulesTests
{
    [Fact]
    public void A_lookup_has_arguments() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose: Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 LOOKUP_MUST_HAVE_ARGUMENTS Query.rose has @lookup and no arguments: nothing tells it which Rose to find.
              hint: Add an argument for each field of the key, or remove @lookup.
            """);

    [Fact]
    public void A_lookup_returns_one_entity() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): [Rose!]! @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 LOOKUP_RETURNS_LIST Query.rose has @lookup and returns a list ([Rose!]!); a lookup finds one entity.
              hint: Return Rose, or remove @lookup. Several lookups travel in one request anyway.
            """);

    [Fact]
    public void A_lookup_can_say_that_there_is_none_a_warning() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(id: ID!): Rose! @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:14 warning LOOKUP_RETURNS_NON_NULLABLE_TYPE Query.rose has @lookup and returns Rose!; for an entity that a does not know it could only fail.
              hint: Return Rose, so that an unknown entity is null.
            """);

    // The supergraph says so of the field that stands at the root: what is asked beside it would be lost with it.
    [Fact]
    public void Of_a_lookup_that_may_not_be_null_the_supergraph_says_it()
    {
        var text = SupergraphWriter.Write(Rule.Compose(
            """
            # source a
            type Query { rose(id: ID!): Rose! @lookup @internal must: Roses! @internal may: More @internal }
            type Roses @internal { byName(name: String!): Rose @lookup }
            type More @internal { bySize(size: Int!): Rose! @lookup }
            type Rose { id: ID! name: String @shareable size: Int @shareable }
            # source b
            type Query { roses: [Rose] }
            type Rose { id: ID! name: String @shareable size: Int @shareable }
            """).Supergraph!);
        Assert.Equal(
            [
                """@gateway__lookup(in: A, key: "id", field: "rose", arguments: [{name: "id", type: "ID!", map: "id"}], internal: true, nonNull: true)""",
                """@gateway__lookup(in: A, key: "name", path: ["must"], field: "byName", arguments: [{name: "name", type: "String!", map: "name"}], internal: true, nonNull: true)""",
                """@gateway__lookup(in: A, key: "size", path: ["may"], field: "bySize", arguments: [{name: "size", type: "Int!", map: "size"}], internal: true)""",
            ],
            text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("@gateway__lookup", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_lookup_returns_what_has_fields() => Rule.Check(
        good:
            """
            # source a
            type Query { f(id: ID!): Int g(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { f(id: ID!): Int @lookup g(id: ID!): Color! @lookup h(id: ID!): [Int] @lookup }
            enum Color { RED }
            """,
        problems:
            """
            a.graphqls:1:65 LOOKUP_RETURNS_LIST Query.h has @lookup and returns a list ([Int]); a lookup finds one entity.
              hint: Return Int, or remove @lookup. Several lookups travel in one request anyway.

            a.graphqls:1:38 warning LOOKUP_RETURNS_NON_NULLABLE_TYPE Query.g has @lookup and returns Color!; for an entity that a does not know it could only fail.
              hint: Return Color, so that an unknown entity is null.

            a.graphqls:1:14 LOOKUP_RETURNS_NON_COMPOSITE_TYPE Query.f has @lookup and returns Int, which has no fields; a lookup finds an entity.
              hint: Return an object, an interface or a union, or remove @lookup.

            a.graphqls:1:38 LOOKUP_RETURNS_NON_COMPOSITE_TYPE Query.g has @lookup and returns Color!, which has no fields; a lookup finds an entity.
              hint: Return an object, an interface or a union, or remove @lookup.

            a.graphqls:1:65 LOOKUP_RETURNS_NON_COMPOSITE_TYPE Query.h has @lookup and returns [Int], which has no fields; a lookup finds an entity.
              hint: Return an object, an interface or a union, or remove @lookup.
            """);

    [Fact]
    public void A_nested_lookup_is_reached_through_fields_without_arguments_a_warning() => Rule.Check(
        good:
            """
            # source a
            type Query { entry: Entry! @internal ok: Int }
            type Entry @internal { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { entry(x: Int): Entry! @internal ok: Int }
            type Entry @internal { rose(id: ID!): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:24 warning LOOKUP_NOT_REACHABLE Entry.rose has @lookup, but no chain of fields without arguments leads from Query to Entry; it is not used.
              hint: Move the field to Query, or add a field without arguments that returns Entry.
            """);

    [Fact]
    public void A_nested_lookup_is_32_fields_below_Query_at_most() => Rule.Check(
        good: OfChain(32, "t"),
        bad: OfChain(33, "t"),
        problems:
            """
            a.graphqls:35:12 warning LOOKUP_NOT_REACHABLE T33.rose has @lookup, but more than 32 fields, or 1000 characters, lead from Query to T33; it is not used.
              hint: Move the field to Query, or add a field without arguments that returns T33 nearer to Query.
            """);

    // With a dot between each two, or after it.
    [Fact]
    public void The_way_to_a_nested_lookup_has_a_thousand_characters_at_most() => Rule.Check(
        good: OfChain(10, new string('t', 99)),
        bad: OfChain(10, new string('t', 100)),
        problems:
            """
            a.graphqls:12:12 warning LOOKUP_NOT_REACHABLE T10.rose has @lookup, but more than 32 fields, or 1000 characters, lead from Query to T10; it is not used.
              hint: Move the field to Query, or add a field without arguments that returns T10 nearer to Query.
            """);

    [Fact]
    public void A_lookup_can_be_asked_in_256_ways() => Rule.Check(
        good: OfFlags(8),
        bad: OfFlags(9),
        problems:
            """
            a.graphqls:1:14 UNSUPPORTED_FEATURE The arguments of Query.rose have alternatives (|) that make more than 256 ways to ask it.
              hint: Write several lookups with fewer alternatives each.
            """);

    [Fact]
    public void Alternatives_that_multiply_are_refused_at_once()
    {
        // A thousand arguments: 2 to the power of 1,000 ways.
        var result = Rule.Compose(OfFlags(1000), SourceDialect.Composite);

        Assert.Equal(
            """
            a.graphqls:1:14 UNSUPPORTED_FEATURE The arguments of Query.rose have alternatives (|) that make more than 256 ways to ask it.
              hint: Write several lookups with fewer alternatives each.
            """,
            Rule.Text(result));
    }

    // Each lookup of an interface enters each of its objects.
    [Fact]
    public void The_lookups_of_a_source_are_100_000_ways_into_types_at_most() => Rule.Check(
        good: OfInterface(250, 400),
        bad: OfInterface(250, 401),
        problems:
            """
            a.graphqls:251:3 UNSUPPORTED_FEATURE With Query.r249 the lookups of a are more than 100000 ways into types: a lookup of an interface or a union is one into each of its objects.
              hint: Let fewer lookups return interfaces or unions with many objects.
            """);

    // So many lookups of an interface with so many objects.
    private static string OfInterface(int lookups, int objects) => $$"""
        # source a
        type Query {
        {{string.Join('\n', Enumerable.Range(0, lookups).Select(i => $"  r{i}(id: ID!): Rose @lookup"))}}
        }
        interface Rose { id: ID! }
        {{string.Join('\n', Enumerable.Range(0, objects).Select(i => $"type Rose{i} implements Rose {{ id: ID! }}"))}}
        """;

    // A lookup below so many fields.
    private static string OfChain(int fields, string name) => $$"""
        # source a
        type Query { {{name}}: T1 }
        {{string.Concat(Enumerable.Range(1, fields - 1).Select(i => $"type T{i} {{ {name}: T{i + 1} }}\n"))}}
        type T{{fields}} { rose(id: ID!): Rose @lookup }
        type Rose { id: ID! }
        """;

    // One argument for each pair of flags: the one or the other.
    private static string OfFlags(int pairs)
    {
        var arguments = Enumerable.Range(0, pairs).Select(i => $$"""p{{i}}: Pair{{i}}! @is(field: "{ a: a{{i}} } | { b: b{{i}} }")""");
        var inputs = Enumerable.Range(0, pairs).Select(i => $"input Pair{i} @oneOf {{ a: ID b: ID }}");
        var fields = Enumerable.Range(0, pairs).Select(i => $"a{i}: ID! b{i}: ID!");
        return $$"""
            # source a
            type Query { rose({{string.Join(" ", arguments)}}): Rose @lookup }
            type Rose { {{string.Join(" ", fields)}} }
            {{string.Join("\n", inputs)}}
            """;
    }
}
