using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>The rules of the Composite Schemas specification, Section 4, in its order: none is without a test and an explanation.</summary>
public sealed class SpecifiedRulesTests
{
    public static readonly TheoryData<string> Codes = new(
        """
        INVALID_GRAPHQL DISALLOWED_INACCESSIBLE TYPE_DEFINITION_INVALID QUERY_ROOT_TYPE_INACCESSIBLE ROOT_MUTATION_USED ROOT_QUERY_USED
        ROOT_SUBSCRIPTION_USED
        EXTERNAL_UNUSED EXTERNAL_OVERRIDE_COLLISION EXTERNAL_PROVIDES_COLLISION EXTERNAL_REQUIRE_COLLISION EXTERNAL_ON_INTERFACE
        IS_INVALID_SYNTAX IS_INVALID_FIELD_TYPE IS_INVALID_USAGE
        KEY_FIELDS_SELECT_INVALID_TYPE KEY_DIRECTIVE_IN_FIELDS_ARGUMENT KEY_INVALID_ARGUMENTS KEY_INVALID_SYNTAX KEY_INVALID_FIELDS
        KEY_INVALID_FIELDS_TYPE
        LOOKUP_MUST_HAVE_ARGUMENTS LOOKUP_RETURNS_NON_NULLABLE_TYPE LOOKUP_RETURNS_LIST
        OVERRIDE_FROM_SELF OVERRIDE_ON_INTERFACE
        PROVIDES_DIRECTIVE_IN_FIELDS_ARGUMENT PROVIDES_FIELDS_HAS_ARGUMENTS PROVIDES_FIELDS_MISSING_EXTERNAL PROVIDES_INVALID_SYNTAX
        PROVIDES_INVALID_FIELDS PROVIDES_INVALID_FIELDS_TYPE PROVIDES_ON_NON_COMPOSITE_FIELD
        REQUIRE_INVALID_SYNTAX REQUIRE_INVALID_FIELD_TYPE
        INVALID_SHAREABLE_USAGE
        TYPE_KIND_MISMATCH
        ENUM_VALUES_MISMATCH
        OUTPUT_FIELD_TYPES_NOT_MERGEABLE FIELD_ARGUMENT_TYPES_NOT_MERGEABLE FIELD_WITH_MISSING_REQUIRED_ARGUMENT
        INPUT_FIELD_DEFAULT_MISMATCH INPUT_FIELD_TYPES_NOT_MERGEABLE INPUT_WITH_MISSING_REQUIRED_FIELDS
        EXTERNAL_ARGUMENT_DEFAULT_MISMATCH EXTERNAL_ARGUMENT_MISSING EXTERNAL_ARGUMENT_TYPE_MISMATCH EXTERNAL_MISSING_ON_BASE
        EXTERNAL_TYPE_MISMATCH
        OVERRIDE_SOURCE_HAS_OVERRIDE INVALID_FIELD_SHARING
        NO_QUERIES REFERENCE_TO_INACCESSIBLE_TYPE REFERENCE_TO_INTERNAL_TYPE
        EMPTY_MERGED_OBJECT_TYPE EMPTY_MERGED_INTERFACE_TYPE IMPLEMENTED_BY_INACCESSIBLE INTERFACE_FIELD_NO_IMPLEMENTATION
        EMPTY_MERGED_INPUT_OBJECT_TYPE NON_NULL_INPUT_FIELD_IS_INACCESSIBLE
        EMPTY_MERGED_ENUM_TYPE ENUM_TYPE_DEFAULT_VALUE_INACCESSIBLE
        EMPTY_MERGED_UNION_TYPE IS_INVALID_FIELDS REQUIRE_INVALID_FIELDS
        UNSATISFIABLE_QUERY_PATH
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static readonly HashSet<string> Reported = ReportedInTests();

    [Fact]
    public void There_are_66_rules() => Assert.Equal(66, ((IEnumerable<object[]>)Codes).Select(row => row[0]).Distinct().Count());

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_rule_has_an_example_a_counter_example_and_an_explanation(string code)
    {
        // Rule.Check composes the example without a problem and compares every word about the counter-example.
        Assert.Contains(code, Reported);
        var explanation = ProblemExplanations.Of(ProblemCodes.Parse(code)!.Value);
        Assert.StartsWith(code + "\n", explanation, StringComparison.Ordinal);
        Assert.Contains("\nFine:\n\n    ", explanation, StringComparison.Ordinal);
        Assert.Matches("\n(Refused|Warned of):\n\n    ", explanation);
    }

    private static HashSet<string> ReportedInTests()
    {
        var texts = Directory.GetFiles(Repository.PathOf("tests/Composition.Tests/Rules"), "*.cs").Select(File.ReadAllText);
        return
        [
            .. texts
                .SelectMany(text => Regex.Matches(text, "Rule\\.Check\\(\\s+good:.*?problems:\\s+\"\"\"(.*?)\"\"\"", RegexOptions.Singleline))
                .SelectMany(check => Regex.Matches(check.Groups[1].Value, @"^\s*\S*:\d+:\d+ (?:warning )?([A-Z_]+) |^\s*([A-Z_]+) ", RegexOptions.Multiline))
                .Select(problem => problem.Groups[1].Value + problem.Groups[2].Value),
        ];
    }
}
