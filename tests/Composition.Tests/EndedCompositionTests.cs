using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Composing ends with its token, whatever it is at. How far it is is told by bytes, which are those of all threads: these run alone.</summary>
[Collection(nameof(CompositionGrowthTests))]
public sealed class EndedCompositionTests
{
    private const int Types = 8_000;

    [Theory]
    [InlineData(SourceDialect.Composite)]
    [InlineData(SourceDialect.Apollo)]
    public async Task It_ends_before_it_has_done_a_sixth_of_its_work_more(SourceDialect dialect)
    {
        var sources = Rule.Sources(dialect == SourceDialect.Apollo ? Apollo() : Composite(), new SourceSettings { Dialect = dialect });
        Assert.True(Composer.Compose(sources).IsSuccess);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.True(Composer.Compose(sources).IsSuccess);
        var all = GC.GetTotalAllocatedBytes(precise: true) - before;
        var after = new List<string>();

        // Where others have the processors it can be done before it is known how far it is: then it is tried again.
        for (var (part, tries) = (1, 0); part <= 9; tries++)
        {
            Assert.True(tries < 200, $"It does not end: after {part} tenths it was done each time.");
            using var over = new CancellationTokenSource();
            before = GC.GetTotalAllocatedBytes(precise: true);
            var composing = Task.Run(() => Composer.Compose(sources, new ComposerOptions { Cancellation = over.Token }));
            while (GC.GetTotalAllocatedBytes() - before < all * part / 10 && !composing.IsCompleted)
            {
                await Task.Yield();
            }

            await over.CancelAsync();
            var then = GC.GetTotalAllocatedBytes(precise: true);
            var hasEnded = await Task.WhenAny(composing) is { IsCanceled: true } or { Exception.InnerException: OperationCanceledException };
            var more = GC.GetTotalAllocatedBytes(precise: true) - then;
            if (more >= all / 6)
            {
                after.Add($"after {part} tenths {more} of {all} bytes more");
            }

            part += hasEnded ? 1 : 0;
        }

        Assert.Empty(after);
    }

    // All in one source.
    private static string Composite() => $"# source a\ntype Query {{ t0: T0 }}\n{Each(i => $"type T{i} {{ id: ID! a: Int b: String! one(id: ID!): T{i} @lookup next: T{(i + 1) % Types} }}")}";

    private static string Apollo() => $$"""
        # source a
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
        type Query { t0: T0 }
        {{Each(i => $"type T{i} @key(fields: \"id\") {{ id: ID! a: Int b: String! c(in: Int): [Int!]! next: T{(i + 1) % Types} }}")}}
        """;

    private static string Each(Func<int, string> text) => string.Join('\n', Enumerable.Range(0, Types).Select(text));
}
