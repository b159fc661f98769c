using Xunit;

namespace GraphGateway.Operations.Tests.Cost;

/// <summary>Operations that would like to look cheaper than they are.</summary>
public sealed class CostEvasionTests
{
    [Theory]
    [InlineData("{ a: keepers(max: 5) { age } b: keepers(max: 5) { age } }", null, "field 22, type 11")] // Aliases are calls of their own.
    [InlineData("{ keepers(max: 5) { age } keepers(max: 5) { age } }", null, "field 11, type 6")] // What is merged is called once.
    [InlineData("{ ...F ...F a: keepers(max: 1) { ...G } } fragment F on Query { keepers(max: 5) { ...G } } fragment G on Keeper { age x: age }", null, "field 26, type 7")]
    [InlineData("{ keepers(max: 2147483647) { age } }", null, "field 4294967295, type 2147483648")]
    // A source may take a negative number for "all": the list is as long as where nothing is given.
    [InlineData("{ keepers(max: -5) { age } }", null, "field 21, type 11")]
    [InlineData("query ($n: Int) { keepers(max: $n) { age } }", """{"n":-1}""", "field 21, type 11")]
    [InlineData("{ keepers(max: 0) { age } }", null, "field 1, type 1")]
    [InlineData("query ($n: Int = -1) { films(first: $n, last: 4) { edges { __typename } } }", null, "field 2, type 6")] // The largest.
    [InlineData("{ favourite(approx: null) { name } }", null, "field 5, type 2")] // No discount for null.
    [InlineData("query ($a: Rough) { favourite(approx: $a) { name } }", """{"a":null}""", "field 5, type 2")]
    [InlineData("{ endless endlesser: endless }", null, "field 1000000000000, type 1")]
    public void Counts_all_the_same(string document, string? variables, string expected) => Assert.Equal(expected, CostKit.Of(document, variables));

    // The product is 2^31 to the power of the depth: it stays the most there is, and does not begin anew.
    [Theory]
    [InlineData(2, "field 2147483648, type 1000000000000")]
    [InlineData(3, "field 1000000000000, type 1000000000000")]
    [InlineData(40, "field 1000000000000, type 1000000000000")]
    public void What_is_too_much_stays_too_much(int depth, string expected)
    {
        var open = string.Concat(Enumerable.Repeat("friends(first: $n) { ", depth - 1));
        var document = $"query ($n: Int) {{ keepers(max: $n) {{ {open} name {new string('}', depth - 1)} }} }}";

        Assert.Equal(expected, CostKit.Of(document, """{"n":2147483647}"""));
        Assert.Equal(expected, CostKit.Of(document.Replace("query ($n: Int) ", "", StringComparison.Ordinal).Replace("$n", "2147483647", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_input_that_contains_itself_is_counted_to_its_end()
    {
        var filter = "{\"name\":\"x\"}";
        for (var i = 0; i < 20; i++)
        {
            filter = $"{{\"name\":\"x\",\"more\":[{filter},{{}}]}}";
        }

        // 5 the field, 15 the argument; 0.5 for times in each of 41 objects, 4 for each of 21 names, 1 for each of 20 lists of more.
        Assert.Equal("field 144.5, type 1", CostKit.Of("query ($f: DishFilter) { dishes(filter: $f) }", $"{{\"f\":{filter}}}"));
    }

    // Cats and dogs count differently: what is below each of them would be made, and asked, twice as often with each level.
    [Theory]
    [InlineData("kids(first: $n)", "")]
    [InlineData("litter(first: $n) { kids", "}")]
    public void Types_that_cost_differently_do_not_multiply_with_the_levels(string open, string close)
    {
        const int depth = 45;
        var document = $"query ($n: Int) {{ pet {{ {string.Concat(Enumerable.Repeat($"{open} {{ ", depth))} name {string.Concat(Enumerable.Repeat($" }} {close}", depth))} }} }}";

        Assert.Equal("field 1000000000000, type 1000000000000", CostKit.Of(document, """{"n":3}"""));
    }

    [Fact]
    public void Asking_for_the_cost_allocates_nothing()
    {
        var (cost, values) = CostKit.Read(
            "query ($n: Int, $f: DishFilter) { keepers(max: $n) { age friends(first: $n) { age } } dishes(filter: $f) pet { kids(first: $n) { name } } films(first: $n) { edges { node { title } } } }",
            """{"n":3,"f":{"name":"x","more":[{"name":"y"},{}]}}""");
        Assert.Equal(cost.Estimate(values), cost.Estimate(values));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            cost.Estimate(values);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
