using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// How much of a plan the verifier looks at: twice as much for a plan that is twice as large, whatever it has many of, where what steps wait for is a part of the plan. What
/// is counted are fills of slots, objects that were brought, keys, steps, and fields under one name.
/// </summary>
public sealed class VerificationWorkTests(ITestOutputHelper output)
{
    private const int Many = 60;

    [Theory]
    [InlineData("types with a lookup each, twice one after the other")]
    [InlineData("types with a lookup each, and what that gives for another")]
    [InlineData("types with a lookup each, whose key another one gives")]
    [InlineData("implementations that differ by source")]
    [InlineData("implementations with an alias each for one field")]
    [InlineData("writes in turns of two sources")]
    [InlineData("requirements one after the other")]
    [InlineData("sources that share a type")]
    [InlineData("fields of two sources")]
    [InlineData("types with two lookups in turn")]
    public void Verifying_a_plan_twice_as_large_is_twice_the_work(string what)
    {
        var (small, large) = (Verified(what, Many), Verified(what, 2 * Many));
        output.WriteLine($"{small} {large}");
        Assert.InRange(large.Looks, small.Looks, 1.25 * small.Looks * large.Size / small.Size);
    }

    private static (int Size, long Looks) Verified(string what, int size)
    {
        var (sources, operation, steps) = Case(what, size);
        var supergraph = TestGraph.Compose(sources);
        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
        Assert.Equal(steps, plan.Steps.Length);
        Assert.Empty(PlanVerifier.Verify(plan, [], out var looks));
        return (plan.Steps.Sum(step => 1 + step.DependsOn.Length + Fields(step.Selection)), looks);
    }

    private static int Fields(FetchSelectionSet selection) => selection.Fields.Sum(read => 1 + (read.Selection is { } below ? Fields(below) : 0));

    private static (string Sources, string Operation, int Steps) Case(string what, int size) => what switch
    {
        "types with a lookup each, twice one after the other" => (
            Nodes(size, "") + Lookups(size, "b", "next: Node") + Lookups(size, "c", "other: Node"), "{ nodes { next { other { id } } } }", 1 + (2 * size)),
        "types with a lookup each, and what that gives for another" => (
            Nodes(size, "") + Lookups(size, "b", "sizeI: Int", isInterface: false) + Lookups(size, "c", "priceI(size: Int @require(field: \"sizeI\")): Int", isInterface: false),
            $"{{ nodes {{ {All(size, "... on TI { priceI }")} }} }}",
            1 + (2 * size)),
        "types with a lookup each, whose key another one gives" => (
            Nodes(size, "") + Lookups(size, "b", "codeI: ID!", isInterface: false)
                + $"--- c\ntype Query {{ {All(size, "cI(codeI: ID!): TI @lookup @internal")} }}\n{All(size, "type TI @key(fields: \"codeI\") { codeI: ID! priceI: Int }")}\n",
            $"{{ nodes {{ {All(size, "... on TI { priceI }")} }} }}",
            1 + (2 * size)),
        "implementations that differ by source" => (
            $"--- a apollo\ntype Query {{ nodes: [Node] }}\ninterface Node {{ id: ID! }}\n{All(size, "type TI implements Node @key(fields: \"id\") { id: ID! aI: Int }")}\n"
                + $"--- b apollo\ninterface Node {{ id: ID! name: String }}\n{All(size, "type TI implements Node @key(fields: \"id\") { id: ID! name: String bI: Int }")}",
            $"{{ nodes {{ id {All(size, "... on TI { name aI bI }")} }} }}",
            2),
        "implementations with an alias each for one field" => (
            $"--- a apollo\ntype Query {{ nodes: [Node] }}\ninterface Node {{ id: ID! }}\n{All(size, "type TI implements Node @key(fields: \"id\") { id: ID! aI: Int }")}",
            $"{{ nodes {{ {All(size, "... on TI { it: aI }")} }} }}",
            1),
        "writes in turns of two sources" => (
            $"--- a apollo\ntype Query {{ x: Int }}\ntype Mutation {{ {All(size, "aI: T")} }}\ntype T @key(fields: \"id\") {{ id: ID! }}\n"
                + $"--- b apollo\ntype Mutation {{ {All(size, "bI: T")} }}\ntype T @key(fields: \"id\") {{ id: ID! f: Int }}\n--- c apollo\ntype T @key(fields: \"id\") {{ id: ID! h: Int }}",
            $"mutation {{ {All(size, "aI { h } bI { h }")} }}",
            4 * size),
        "requirements one after the other" => (
            string.Join('\n', Enumerable.Range(0, 2).Select(source => $"--- s{source} apollo\n{(source == 0 ? "type Query { t: T }\n" : "")}type T @key(fields: \"id\") {{ id: ID! "
                + string.Join(' ', Enumerable.Range(0, size + 1).Select(i => i % 2 != source ? (i == size ? "" : $"c{i}: Int @external") : i == 0 ? "c0: Int" : $"c{i}: Int @requires(fields: \"c{i - 1}\")"))
                + " }")),
            $"{{ t {{ c{size} }} }}",
            size + 1),
        "sources that share a type" => (
            "--- a apollo\ntype Query { t: T }\ntype T @key(fields: \"id\") { id: ID! }\n" + string.Join('\n', Enumerable.Range(0, size)
                .Select(i => $"--- s{i} apollo\ntype T @key(fields: \"id\") {{ id: ID! f{i}: Int common: Int @shareable }}")),
            $"{{ t {{ id common {All(size, "fI")} }} }}",
            size + 1),
        "fields of two sources" => (
            $"--- a apollo\ntype Query {{ t: [T] }}\ntype T @key(fields: \"id\") {{ id: ID! {All(size, "fI: Int")} }}\n--- b apollo\ntype T @key(fields: \"id\") {{ id: ID! {All(size, "gI: Int")} }}",
            $"{{ t {{ {All(size, "fI gI")} }} }}",
            2),
        _ => (
            Nodes(size, "sku: String") + $"--- b\ntype Query {{ {All(size, "byIdI(id: ID!): TI @lookup @internal bySkuI(sku: String!): TI @lookup @internal")} }}\n{All(size, "type TI @key(fields: \"id\") @key(fields: \"sku\") { sku: String id: ID mI: Int }")}\n",
            $"{{ nodes {{ {All(size, "... on TI { mI }")} }} }}",
            1 + (2 * size)),
    };

    private static string Nodes(int size, string fields) =>
        $"--- a\ntype Query {{ nodes: [Node] }}\ninterface Node {{ id: ID {fields} }}\n{All(size, $"type TI implements Node @key(fields: \"id\") {(fields.Length > 0 ? "@key(fields: \"sku\")" : "")} {{ id: ID {fields} }}")}\n";

    // Each type by a field of its own.
    private static string Lookups(int size, string source, string field, bool isInterface = true) =>
        $"--- {source}\ntype Query {{ {All(size, $"{source}I(id: ID!): TI @lookup @internal")} }}\n{(isInterface ? $"interface Node {{ id: ID {field} }}\n" : "")}"
        + $"{All(size, $"type TI{(isInterface ? " implements Node" : "")} @key(fields: \"id\") {{ id: ID {field} }}")}\n";

    // The text for each number, which stands for the I.
    private static string All(int size, string text) => string.Join(' ', Enumerable.Range(0, size).Select(i => System.Text.RegularExpressions.Regex.Replace(text, "(?<=[a-zT])I\\b", $"{i}")));
}
