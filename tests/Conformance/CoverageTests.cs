using System.Text.RegularExpressions;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>
/// Each section of the specification's parts 2 to 7 has tests, or a reason why there is nothing to test in it. A test class names its
/// sections by the links in its summary.
/// </summary>
public sealed partial class CoverageTests
{
    // The anchors of the headings, in order, without their "sec-".
    private const string Section2 =
        """
        Language Source-Text White-Space Line-Terminators Comments Insignificant-Commas Lexical-Tokens Ignored-Tokens
        Punctuators Names Descriptions Document Language.Operations Selection-Sets Language.Fields Language.Arguments
        Field-Alias Language.Fragments Type-Conditions Inline-Fragments Input-Values Int-Value Float-Value Boolean-Value
        String-Value Null-Value Enum-Value List-Value Input-Object-Values Language.Variables Type-References Language.Directives
        Schema-Coordinates
        """;

    private const string Section3 =
        """
        Type-System Type-System-Extensions Type-System-Descriptions Schema Root-Operation-Types Schema-Extension Types
        Wrapping-Types Input-and-Output-Types Type-Extensions Scalars Int Float String Boolean ID Scalar-Extensions Objects
        Field-Arguments Field-Deprecation Object-Extensions Interfaces Interface-Extensions Unions Union-Extensions Enums
        Enum-Extensions Input-Objects OneOf-Input-Objects Input-Object-Extensions List Non-Null Combining-List-and-Non-Null
        Type-System.Directives -skip -include -deprecated -specifiedBy -oneOf
        """;

    private const string Section4 =
        """
        Introspection Type-Name-Introspection Schema-Introspection The-__Schema-Type The-__Type-Type The-__Field-Type
        The-__InputValue-Type The-__EnumValue-Type The-__Directive-Type
        """;

    private const string Section5 =
        """
        Validation Documents Executable-Definitions Validation.Operations All-Operation-Definitions Operation-Type-Existence
        Named-Operation-Definitions Operation-Name-Uniqueness Anonymous-Operation-Definitions Lone-Anonymous-Operation
        Subscription-Operation-Definitions Single-Root-Field Validation.Fields Field-Selections Field-Selection-Merging
        Leaf-Field-Selections Validation.Arguments Argument-Names Argument-Uniqueness Required-Arguments Validation.Fragments
        Fragment-Declarations Fragment-Name-Uniqueness Fragment-Spread-Type-Existence
        Fragments-on-Object-Interface-or-Union-Types Fragments-Must-Be-Used Fragment-Spreads Fragment-Spread-Target-Defined
        Fragment-Spreads-Must-Not-Form-Cycles Fragment-Spread-Is-Possible Object-Spreads-in-Object-Scope
        Abstract-Spreads-in-Object-Scope Object-Spreads-in-Abstract-Scope Abstract-Spreads-in-Abstract-Scope Values
        Values-of-Correct-Type Input-Object-Field-Names Input-Object-Field-Uniqueness Input-Object-Required-Fields
        Validation.Directives Directives-Are-Defined Directives-Are-in-Valid-Locations Directives-Are-Unique-per-Location
        Validation.Variables Variable-Uniqueness Variables-Are-Input-Types All-Variable-Uses-Defined All-Variables-Used
        All-Variable-Usages-Are-Allowed
        """;

    private const string Section6 =
        """
        Execution Executing-Requests Validating-Requests Coercing-Variable-Values Executing-Operations Query Mutation
        Subscription Source-Stream Subscription.Response-Stream Unsubscribe Executing-Selection-Sets
        Executing-the-Root-Selection-Set Field-Collection Executing-Collected-Fields Normal-and-Serial-Execution
        Executing-Fields Coercing-Field-Arguments Value-Resolution Value-Completion Handling-Execution-Errors
        """;

    private const string Section7 =
        """
        Response Response-Format Execution-Result Response-Format.Response-Stream Request-Error-Result Response-Position Data
        Errors Extensions Additional-Entries Serialization-Format JSON-Serialization Serialized-Map-Ordering
        """;

    private static readonly Dictionary<string, string> NothingToTest = new(StringComparer.Ordinal)
    {
        ["Language"] = "The grammar's notation; its subsections have the cases.",
        ["Type-System"] = "An introduction.",
        ["Validation"] = "An introduction, and the types of the spec's examples.",
        ["Documents"] = "A heading over one section.",
        ["Validation.Operations"] = "A heading.",
        ["All-Operation-Definitions"] = "A heading over one section.",
        ["Named-Operation-Definitions"] = "A heading over one section.",
        ["Anonymous-Operation-Definitions"] = "A heading over one section.",
        ["Subscription-Operation-Definitions"] = "A heading over one section.",
        ["Validation.Fields"] = "A heading.",
        ["Validation.Arguments"] = "Says that its rules are for fields and directives.",
        ["Validation.Fragments"] = "A heading.",
        ["Fragment-Declarations"] = "A heading.",
        ["Fragment-Spreads"] = "A heading.",
        ["Values"] = "A heading.",
        ["Validation.Directives"] = "A heading.",
        ["Validation.Variables"] = "A heading.",
        ["Execution"] = "An introduction.",
    };

    [Fact]
    public void Every_section_has_tests_or_a_reason_for_none()
    {
        var sections = string.Join(' ', Section2, Section3, Section4, Section5, Section6, Section7).Split([' ', '\n']);
        var tested = TestedSections();

        Assert.Equal([], sections.Where(section => !tested.Contains(section) && !NothingToTest.ContainsKey(section)));
        Assert.Equal([], NothingToTest.Keys.Where(section => tested.Contains(section) || !sections.Contains(section)));
        Assert.Equal([], tested.Except(sections));
    }

    [Fact]
    public void Every_class_of_tests_names_its_section() => Assert.Equal(
        [],
        Files().Where(file => !Link().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName));

    private static HashSet<string> TestedSections() =>
        [.. Files().Select(File.ReadAllText).Where(text => text.Contains("    [Fact]", StringComparison.Ordinal) || text.Contains("    [Theory]", StringComparison.Ordinal))
            .SelectMany(text => Link().Matches(text)).Select(link => link.Groups[1].Value)];

    private static IEnumerable<string> Files() => Directory.EnumerateDirectories(Repository.PathOf("tests/Conformance"), "Section*")
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*Tests.cs"));

    [GeneratedRegex("""/// <see href="https://spec\.graphql\.org/September2025/#sec-([^"]+)">""")]
    private static partial Regex Link();
}
