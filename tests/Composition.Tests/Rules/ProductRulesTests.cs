using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class ProductRulesTests
{
    private const string Link =
        """extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@interfaceObject"])""";

    // The lookups of each are fewer.
    [Fact]
    public void The_lookups_of_all_sources_are_100_000_ways_into_types_at_most() => Rule.Check(
        good: Lookups("a", 125, 400) + Lookups("b", 125, 400),
        bad: Lookups("a", 125, 400) + Lookups("b", 125, 401),
        problems:
            """
            b.graphqls:126:3 UNSUPPORTED_FEATURE With Query.b124 of b the lookups of all sources are more than 100000 ways into types: a lookup of an interface or a union is one into each of its objects.
              hint: Let fewer lookups return interfaces or unions with many objects.
            """);

    [Fact]
    public void Objects_have_100_000_keys_of_their_interfaces_at_most()
    {
        Rule.Check(
            good: Inherited("a", 100, 500) + Inherited("b", 100, 500),
            bad: Inherited("a", 100, 500) + Inherited("b", 100, 501),
            problems:
                """
                b.graphqls:502:1 UNSUPPORTED_FEATURE With b500x of b the objects of all sources have more than 100000 keys of their interfaces: each key of an interface is one of each object that implements it.
                  hint: Give the interfaces fewer keys, or let fewer types implement them.
                """);
        Assert.Equal(
            """
            a.graphqls:1002:1 UNSUPPORTED_FEATURE With a1000x the objects of a have more than 100000 keys of their interfaces: each key of an interface is one of each object that implements it.
              hint: Give the interfaces fewer keys, or let fewer types implement them.
            """,
            Rule.Text(Rule.Compose(Inherited("a", 100, 1_001), SourceDialect.Composite)));
    }

    // Each has an id and a key beside them.
    [Fact]
    public void Interface_objects_are_100_000_fields_and_keys_of_objects_at_most() => Rule.CheckApollo(
        good: InterfaceObjects(250, 198),
        bad: InterfaceObjects(250, 199),
        problems:
            """
            c.graphqls:3:1 UNSUPPORTED_FEATURE With I of c the interface objects of all sources are more than 100000 fields and keys of objects: each field and each key of one is one of every object of its interface.
              hint: Give I fewer fields, such as one that returns an object with the others, or let fewer types implement it.
            """);

    [Fact]
    public void What_objects_have_of_an_interface_object_they_share()
    {
        var schema = Rule.Compose(InterfaceObjects(2, 1), SourceDialect.Apollo).Supergraph!.FullSchema;
        Assert.Same((schema.FindType("T0") as ComplexType)!.FindField("b0")!.Origin!.Value.Node, (schema.FindType("T1") as ComplexType)!.FindField("b0")!.Origin!.Value.Node);
    }

    [Fact]
    public void The_ways_of_a_lookup_into_objects_of_an_interface_share_their_key()
    {
        var supergraph = Rule.Compose(Lookups("a", 1, 2), SourceDialect.Composite).Supergraph!;
        Assert.Same(supergraph.FindType("a0x")!.Lookups[0].Key, supergraph.FindType("a1x")!.Lookups[0].Key);
        Assert.Equal(supergraph.FindType("a0x")!.Lookups[0].Arguments, supergraph.FindType("a1x")!.Lookups[0].Arguments);
    }

    // So many lookups of an interface with so many objects.
    private static string Lookups(string source, int lookups, int objects) => $$"""
        # source {{source}}
        type Query {
        {{string.Join('\n', Enumerable.Range(0, lookups).Select(i => $"  {source}{i}(id: ID!): {source}I @lookup"))}}
        }
        interface {{source}}I { id: ID! }
        {{string.Join('\n', Enumerable.Range(0, objects).Select(i => $"type {source}{i}x implements {source}I {{ id: ID! }}"))}}

        """;

    // An interface with so many keys, and so many objects.
    private static string Inherited(string source, int keys, int objects) => $$"""
        # source {{source}}
        interface {{source}}I {{string.Join(' ', Enumerable.Range(0, keys).Select(i => $"@key(fields: \"k{i}\")"))}} { {{string.Join(' ', Enumerable.Range(0, keys).Select(i => $"k{i}: ID"))}} }
        {{string.Join('\n', Enumerable.Range(0, objects).Select(i => $"type {source}{i}x implements {source}I {{ {string.Join(' ', Enumerable.Range(0, keys).Select(i => $"k{i}: ID"))} }}"))}}
        type Query { {{source}}: {{source}}I }

        """;

    // An interface with so many objects, for which two sources have so many fields each.
    private static string InterfaceObjects(int objects, int fields) => $$"""
        # source a
        {{Link}}
        type Query { i: I }
        interface I @key(fields: "id") { id: ID! }
        {{string.Join('\n', Enumerable.Range(0, objects).Select(i => $"type T{i} implements I @key(fields: \"id\") {{ id: ID! }}"))}}
        {{InterfaceObject("b", fields)}}
        {{InterfaceObject("c", fields)}}
        """;

    private static string InterfaceObject(string source, int fields) => $$"""
        # source {{source}}
        {{Link}}
        type Query { {{source}}: Int }
        type I @key(fields: "id") @interfaceObject { id: ID! {{string.Join(' ', Enumerable.Range(0, fields).Select(i => $"{source}{i}: Int"))}} }
        """;
}
