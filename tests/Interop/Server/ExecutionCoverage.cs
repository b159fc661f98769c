using System.Text.RegularExpressions;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>What the random operations have met, so that a test that meets nothing fails.</summary>
internal sealed class ExecutionCoverage
{
    /// <summary>What must be met, and the pattern of a document, of data or of an error's message that says so.</summary>
    private static readonly (string Feature, Regex Pattern)[] s_features =
    [
        .. new (string, string)[]
        {
            ("mutation", "^mutation"),
            ("skip", "@skip"),
            ("include", "@include"),
            ("named fragment", "\nfragment"),
            ("inline fragment", @"\.\.\. on"),
            ("variable", @"^\w+ \("),
            ("__typename", "__typename"),
            ("data", "^DATA {\""),
            ("null at the root", "^DATA null$"),
            ("request error", @"^DATA \(none\)$"),
            ("thrown", "^boom"),
            ("null in a non-null place", "^Cannot return null for non-nullable field"),
            ("not a list", "^Expected Iterable"),
            ("wrong Int", "^Int cannot represent"),
            ("wrong Float", "^Float cannot represent"),
            ("wrong String", "^String cannot represent"),
            ("wrong Boolean", "^Boolean cannot represent"),
            ("wrong ID", "^ID cannot represent"),
            ("wrong enum value", "^Enum \"E0\" cannot represent value"),
            ("wrong custom scalar", "^Even cannot represent"),
            ("scalar that gives null", "to return non-nullable value"),
            ("no type", "must resolve to an Object type at runtime"),
            ("unknown type", "does not exist inside the schema"),
            ("not an object type", "was resolved to a non-object type"),
            ("impossible type", "is not a possible type for"),
            ("literal that a custom scalar refuses", "^Expected value of type \"Even!?\", found"),
            ("null for a non-null argument", "^Argument \"(?!if).*of non-null type .* must not be null"),
            ("null condition", "^Argument \"if\" of non-null type \"Boolean!\" must not be null"),
            ("invalid argument", "^Argument .* has invalid value"),
            ("missing variable", "^Variable .* was not provided"),
            ("invalid variable", "^Variable .* got invalid value"),
            ("invalid oneOf", "Exactly one key must be specified for OneOf type"),
        }.Select(entry => (entry.Item1, new Regex(entry.Item2, RegexOptions.CultureInvariant))),
    ];

    private readonly Dictionary<string, int> _met = s_features.ToDictionary(entry => entry.Feature, _ => 0);
    private int _operations;
    private int _exact;

    public void CountExact() => _exact++;

    public void Add(string document, Answer answer)
    {
        _operations++;
        var texts = answer.Errors.Select(error => error.Whole).Append(document).Append($"DATA {answer.Data ?? "(none)"}").ToList();
        foreach (var (feature, pattern) in s_features)
        {
            _met[feature] += texts.Any(pattern.IsMatch) ? 1 : 0;
        }
    }

    public void AssertNotVacuous(bool isAsync, int operations)
    {
        var report = string.Join("\n", _met.Select(entry => $"{entry.Key}: {entry.Value}").Append($"operations: {_operations}").Append($"errors compared one by one: {_exact}"));
        Assert.True(_operations >= operations, report);
        Assert.True(!isAsync || _exact > _operations / 4, report);
        Assert.True(_met.All(entry => entry.Value > 0), report);
    }
}
