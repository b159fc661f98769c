using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests.RoundTrip;

public sealed class CanonicalRoundTripTests
{
    // What a directive of the form can say.
    private static readonly string[] Parts =
    [
        "url", "dialect", "batching", "subscriptions", "mutation", "subscription", "interfaceObject", "type", "arguments", "external",
        "provides", "requires", "requiredArguments", "label", "servesWhen", "resolvable", "typeName", "path", "field", "returns", "internal",
    ];

    private const int Cases = 60;

    [Fact]
    public void What_is_composed_is_written_and_read_back_without_loss()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = Seed.Value; seed < Seed.Value + Cases; seed++)
        {
            var sources = new RandomSources(seed).Generate();
            var composed = Composer.Compose(sources, new ComposerOptions { CheckSatisfiability = false });
            Assert.True(composed.Supergraph is not null, $"Seed {seed} does not compose:\n{string.Join("\n", composed.Problems)}\n{Text(sources[0])}");

            var text = SupergraphWriter.Write(composed.Supergraph);
            var read = SupergraphReader.Read(new SourceText(text, "supergraph"));

            Assert.True(read.Supergraph is not null, $"Seed {seed} is not read back: {string.Join("\n", read.Errors.Select(error => error.Message))}\n{text}");
            AssertSame(seed, SupergraphDump.Of(composed.Supergraph), SupergraphDump.Of(read.Supergraph));
            AssertSame(seed, text, SupergraphWriter.Write(read.Supergraph));
            words.UnionWith(text.Split((char[])[' ', '(', ':', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '@'));
            words.UnionWith(Parts.Where(part => text.Contains($", {part}: ", StringComparison.Ordinal)));
        }

        Assert.Equal(Parts, Parts.Where(words.Contains));
        // Every directive of the form takes part, and each that stays on the composed schema.
        Assert.Superset(
            new HashSet<string>
            {
                "@gateway__supergraph", "@gateway__source", "@gateway__type", "@gateway__implements", "@gateway__member", "@gateway__value",
                "@gateway__inputField", "@gateway__field", "@gateway__key", "@gateway__lookup",
                "@tag", "@inaccessible", "@cost", "@listSize", "@deprecated", "@specifiedBy", "@oneOf",
            },
            words);
    }

    private static string Text(SourceInput source) => System.Text.Encoding.UTF8.GetString(source.Documents[0].Utf8.Span);

    private static void AssertSame(int seed, string expected, string actual)
    {
        var (before, after) = (expected.Split('\n'), actual.Split('\n'));
        for (var line = 0; line < Math.Max(before.Length, after.Length); line++)
        {
            var (a, b) = (before.ElementAtOrDefault(line), after.ElementAtOrDefault(line));
            Assert.True(a == b, $"Seed {seed}, line {line + 1}:\n{a}\n{b}");
        }
    }
}
