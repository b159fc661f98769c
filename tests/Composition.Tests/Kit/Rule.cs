using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>Composes sources that stand in one text, each after a line <c># source NAME</c>, and compares what is reported.</summary>
internal static class Rule
{
    private const string Marker = "# source ";

    /// <summary>The good sources compose without a word; the bad ones are reported exactly so, places and hints included.</summary>
    internal static void Check(string good, string bad, string problems) => Check(good, bad, problems, SourceDialect.Composite);

    /// <inheritdoc cref="Check(string, string, string)"/>
    internal static void CheckApollo(string good, string bad, string problems) => Check(good, bad, problems, SourceDialect.Apollo);

    /// <summary>The composition of the sources; without a dialect it is told by their directives.</summary>
    internal static CompositionResult Compose(string sources, SourceDialect? dialect = null, ComposerOptions? options = null) =>
        Composer.Compose(Sources(sources, new SourceSettings { Dialect = dialect }), options);

    /// <summary>The composed types in the canonical form, as text.</summary>
    internal static string ComposedTypes(string sources, SourceDialect? dialect = null, ComposerOptions? options = null)
    {
        var result = Compose(sources, dialect, options);
        Assert.Equal("", Text(result));
        var text = SupergraphWriter.Write(result.Supergraph!);
        var start = text.IndexOf("\n}\n\n", text.IndexOf("enum gateway__Source", StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        return text[start..text.IndexOf("\n\"This document is a supergraph", StringComparison.Ordinal)].Split("\n\"The gateway answers the field:")[0].TrimEnd('\n');
    }

    internal static string Text(CompositionResult result) => string.Join("\n\n", result.Problems);

    internal static ImmutableArray<SourceInput> Sources(string text, SourceSettings settings)
    {
        var inputs = ImmutableArray.CreateBuilder<SourceInput>();
        foreach (var part in text.Split(Marker, StringSplitOptions.RemoveEmptyEntries))
        {
            var lineEnd = part.IndexOf('\n', StringComparison.Ordinal);
            var name = part[..lineEnd].Trim();
            inputs.Add(new SourceInput
            {
                Name = name,
                Documents = [new SourceText(part[(lineEnd + 1)..], name + ".graphqls")],
                Settings = settings,
            });
        }

        return inputs.DrainToImmutable();
    }

    private static void Check(string good, string bad, string problems, SourceDialect dialect)
    {
        Assert.Equal("", Text(Compose(good, dialect)));
        Assert.Equal(problems, Text(Compose(bad, dialect)));
    }
}
