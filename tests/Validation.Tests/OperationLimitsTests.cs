using System.Diagnostics;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Validation.Tests;

public sealed class OperationLimitsTests
{
    private static readonly ValidOperation Operation = Parse(
        """
        query Q @onQuery { dog { ...F mother { ...F } } ... on Query { cat { n: name @onField } } pet @onField { name } }
        fragment F on Dog { a: mother @onField { name nickname } }
        """);

    [Fact]
    public void An_operation_is_measured_with_its_fragments_spread_out()
    {
        Assert.Equal(new OperationSize(Depth: 4, Aliases: 3, RootFields: 3, Directives: 5, Breadth: 3), OperationSize.Of(Operation));

        // three fields of Dog: those of two fragments and one more
        var wide = Parse("{ dog { ...A ... on Dog { barks } ...A } } fragment A on Dog { name }");
        Assert.Equal(new OperationSize(Depth: 2, Aliases: 0, RootFields: 1, Directives: 0, Breadth: 3), OperationSize.Of(wide));
    }

    [Theory]
    [InlineData("Depth", 4, "levels of fields", ErrorCode.MaxDepthExceeded)]
    [InlineData("Aliases", 3, "aliases", ErrorCode.MaxAliasesExceeded)]
    [InlineData("RootFields", 3, "root fields", ErrorCode.MaxRootFieldsExceeded)]
    [InlineData("Directives", 5, "directives", ErrorCode.MaxDirectivesExceeded)]
    [InlineData("Breadth", 3, "fields in one selection set", ErrorCode.MaxBreadthExceeded)]
    public void One_more_than_a_limit_exceeds_it(string name, int count, string what, ErrorCode code)
    {
        var size = OperationSize.Of(Operation);

        var exceeded = Assert.Single(With(name, count - 1).Check(Operation, size));
        Assert.Equal(
            $"Operation \"Q\" has {count} {what}; at most {count - 1} are allowed (setting Server:{name}).", exceeded.Error.Message);
        Assert.Equal((name, count, code), (exceeded.Name, exceeded.Count, exceeded.Error.Code));
        Assert.Equal(new SourceLocation(1, 1), Assert.Single(exceeded.Error.Locations));
        Assert.Empty(With(name, count).Check(Operation, size));
        Assert.Empty(OperationLimits.None.Check(Operation, size));
    }

    [Fact]
    public void Counts_that_double_with_every_fragment_end_at_a_large_number_in_no_time()
    {
        const int count = 2_000;
        var fragments = string.Join(' ', Enumerable.Range(0, count).Select(i =>
            $"fragment F{i} on Dog {{ mother {{ ...F{i + 1} }} father {{ ...F{i + 1} }} }}"));
        var operation = Parse($"{{ dog {{ ...F0 }} }} {fragments} fragment F{count} on Dog {{ a: name }}");

        var watch = Stopwatch.StartNew();
        var size = OperationSize.Of(operation);
        watch.Stop();

        Assert.Equal(new OperationSize(count + 2, OperationSize.CountMax, 1, 0, 2), size);
        Assert.Equal(
            [
                $"The operation has {count + 2} levels of fields; at most 50 are allowed (setting Depth).",
                "The operation has 2147483647 or more aliases; at most 1000 are allowed (setting Aliases).",
            ],
            OperationLimits.Default.Check(operation, size).Select(exceeded => exceeded.Error.Message));

        // Without remembering fragments it would take longer than the universe has; half a second is for a busy machine.
        Assert.True(watch.ElapsedMilliseconds < 500, $"{watch.ElapsedMilliseconds} ms");
    }

    private static ValidOperation Parse(string text) => Validator.Validate(Expect.Schema, Expect.Parse(text)).Document!.Operations[0];

    private static OperationLimits With(string name, int max)
    {
        var limit = new OperationLimit(max);
        var limits = new OperationLimits { SettingPrefix = "Server:" };
        return name switch
        {
            "Depth" => limits with { Depth = limit },
            "Aliases" => limits with { Aliases = limit },
            "RootFields" => limits with { RootFields = limit },
            "Directives" => limits with { Directives = limit },
            _ => limits with { Breadth = limit },
        };
    }
}
