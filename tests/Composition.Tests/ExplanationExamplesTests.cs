using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// What <c>graphgateway explain CODE</c> shows is true: each example that is refused is refused with that code and in the words shown, and
/// its mend composes without a word.
/// </summary>
public sealed class ExplanationExamplesTests
{
    // Their examples are files and settings, or another command's: those have tests of their own beside what reports them.
    private static readonly ImmutableHashSet<ProblemCode> OfFiles =
    [
        ProblemCode.SourceNotReadable, ProblemCode.SettingsInvalid, ProblemCode.SettingsUnknownKey, ProblemCode.SourceUrlMissing,
        ProblemCode.OutputNotWritable, ProblemCode.ArgumentsInvalid, ProblemCode.ConflictingSourceSchemaName, ProblemCode.NotExpressibleForApollo,
        ProblemCode.RegistryUnavailable, ProblemCode.RegistryRefused, ProblemCode.RegistryNotUsable,
    ];

    public static readonly TheoryData<string> Codes =
        new(ProblemCodes.All.Where(code => !OfFiles.Contains(ProblemCodes.Parse(code)!.Value)));

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_is_refused_is_refused_in_these_words_and_its_mend_is_fine(string code)
    {
        var examples = ExamplesOf(ProblemExplanations.Of(ProblemCodes.Parse(code)!.Value));
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            var refused = Compose(example.Refused, example.Contract);
            Assert.Equal(example.IsWarning, refused.IsSuccess);
            Assert.Equal(example.Words, Rule.Text(refused));

            // What else follows from the same mistake is shown too.
            Assert.Contains(refused.Problems, problem => problem.Code.ToWire() == code);

            var mended = Compose(example.Fine, example.Contract);
            Assert.Equal("", Rule.Text(mended));
            Assert.True(mended.IsSuccess);
        }
    }

    private static CompositionResult Compose(string text, SchemaContract? contract)
    {
        var sources = Regex.Replace(text, "^# (?=[a-z]+$)", "# source ", RegexOptions.Multiline);
        return Composer.Compose(Rule.Sources(sources, new SourceSettings()), new ComposerOptions { Contract = contract });
    }

    private static List<Example> ExamplesOf(string section)
    {
        var parts = Regex.Matches(
            section,
            @"^(?<Kind>Refused|Warned of)(?: \(with --(?<Way>include|exclude)-tag (?<Tag>\w+)\))?:\n\n(?<Bad>(?:    .*\n|\n)+)with:\n\n(?<Words>(?:    .*\n|\n)+)Fine:\n\n(?<Good>(?:(?:    .*)?(?:\n|$))+)",
            RegexOptions.Multiline);
        return [.. parts.Select(part => new Example(
            Unindented(part.Groups["Bad"].Value),
            Unindented(part.Groups["Words"].Value),
            Unindented(part.Groups["Good"].Value),
            part.Groups["Kind"].Value == "Warned of",
            part.Groups["Way"].Value switch
            {
                "include" => new SchemaContract { IncludeTags = [part.Groups["Tag"].Value] },
                "exclude" => new SchemaContract { ExcludeTags = [part.Groups["Tag"].Value] },
                _ => null,
            }))];
    }

    private static string Unindented(string text) => Regex.Replace(text, "^    ", "", RegexOptions.Multiline).Trim('\n');

    private sealed record Example(string Refused, string Words, string Fine, bool IsWarning, SchemaContract? Contract);
}
