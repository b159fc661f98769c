using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Interop.Language;

/// <summary>Generated documents of definitions: the findings of graphql-js's <c>validateSDL</c>, and where it has none <c>validateSchema</c>.</summary>
public sealed partial class DefinitionTests(ITestOutputHelper output)
{
    private static readonly int Count = Nightly.Cases(3_000, 50_000);

    // What the rules of the type system say: those of the reference, and from "All root types" on those that it lacks.
    private static readonly string[] SchemaPhrases =
    [
        "Query root type must be provided", "root type must be Object type", "must not begin with \"__\"", "must be Output Type", "must be Input Type",
        "must define one or more fields", "must define one or more values", "must define one or more member types", "Input Object type",
        "must only implement Interface types", "cannot implement itself", "can only implement", "must implement", "circular reference",
        "expected but", "expects type", "includes required argument", "can only include type", "can only include Object types",
        "Required argument", "Required input field", "must be nullable", "cannot have a default value", "within itself through a series",
        "All root types must be different", "cannot reference itself", "is not deprecated, so implementation field",
        "must not be provided by an extension", "has invalid default value", "has invalid value",
    ];

    [InteropFact]
    public void Definitions_valid_and_broken_get_the_findings_of_the_reference()
    {
        using var reference = new GraphQLJs();
        var comparison = new Comparison(reference.ValidateDefinitions, Ours.ValidateDefinitions, Differences.OfDefinitions, SchemaPhrases);
        comparison.Add(Documents());
        comparison.Verify("");

        output.WriteLine(
            $"{comparison.Count} documents, {comparison.ValidCount} of them valid\n"
            + string.Join('\n', comparison.Fired.Concat(comparison.Said).Select(static entry => $"{entry.Value,6} {entry.Key}")));
        Assert.True(comparison.ValidCount > Count / 5 && comparison.ValidCount < Count * 4 / 5, $"{comparison.ValidCount} are valid");
        Assert.All(
            reference.RuleNames("definitions"),
            rule => Assert.True(comparison.Fired.GetValueOrDefault(rule) >= Count / 400, $"{rule} had too little to say"));
        Assert.All(comparison.Said, said => Assert.True(said.Value >= Count / 3000, $"\"{said.Key}\" was said {said.Value} times"));
    }

    [InteropFact]
    public void Valid_definitions_tell_and_print_the_same()
    {
        using var reference = new GraphQLJs();
        var count = 0;
        // Listed differences: @specifiedBy on extensions, and how default values of custom scalars are told.
        var valid = Documents().Where(static document =>
            Ours.ValidateDefinitions(document.Text).IsEmpty
            && !document.Text.Contains("extend scalar", StringComparison.Ordinal)
            && !ScalarDefault().IsMatch(document.Text));
        foreach (var (where, text) in valid.Take(Count / 15))
        {
            count += CorpusTests.ExpectSame(reference, text, $"{Seed.Variable}={Seed.Value}, {where}") ? 1 : 0;
        }

        output.WriteLine($"{count} schemas");
        Assert.True(count > Count / 20, $"only {count} schemas");
    }

    private static IEnumerable<(string Where, string Text)> Documents()
    {
        for (var i = 0; i < Count; i++)
        {
            var seed = unchecked((Seed.Value * 31) + (i * 7919));
            var rate = (i % 5) switch { 0 or 1 => 0, 2 => 0.01, 3 => 0.03, _ => 0.08 };
            yield return ($"document {i} at a rate of {rate}", SdlGenerator.Generate(new Dice(seed, rate)));
        }
    }

    [GeneratedRegex(@"Sca\d[\]!]* = ")]
    private static partial Regex ScalarDefault();
}
