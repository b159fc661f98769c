using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Deprecation">Field Deprecation</see>;
/// <see href="https://spec.graphql.org/September2025/#sec--deprecated">@deprecated</see>.
/// </summary>
public sealed class FieldDeprecationTests
{
    private const string Sdl =
        """
        type Query {
          new(a: Int @deprecated(reason: "Use b."), b: Int): Int
          old: Int @deprecated
          older: Int @deprecated(reason: "Use new.")
        }
        enum Unit { PARSEC MILE @deprecated(reason: "Far too short.") }
        input Search { name: String nick: String @deprecated(reason: "Nobody has one.") }
        """;

    [Theory]
    [InlineData("{ old }", null, """{"data":{"old":1}}""")]
    [InlineData("""{ __type(name: "Query") { fields { name isDeprecated } } }""", null, """{"data":{"__type":{"fields":[{"name":"new","isDeprecated":false}]}}}""")]
    [InlineData("""{ __type(name: "Query") { fields(includeDeprecated: true) { name isDeprecated deprecationReason } } }""", null, """{"data":{"__type":{"fields":[{"name":"new","isDeprecated":false,"deprecationReason":null},{"name":"old","isDeprecated":true,"deprecationReason":"No longer supported"},{"name":"older","isDeprecated":true,"deprecationReason":"Use new."}]}}}""")]
    [InlineData("""{ __type(name: "Query") { fields { args { name } } } }""", null, """{"data":{"__type":{"fields":[{"args":[{"name":"b"}]}]}}}""")]
    [InlineData("""{ __type(name: "Query") { fields { args(includeDeprecated: true) { name isDeprecated deprecationReason } } } }""", null, """{"data":{"__type":{"fields":[{"args":[{"name":"a","isDeprecated":true,"deprecationReason":"Use b."},{"name":"b","isDeprecated":false,"deprecationReason":null}]}]}}}""")]
    [InlineData("""{ __type(name: "Unit") { enumValues { name } } }""", null, """{"data":{"__type":{"enumValues":[{"name":"PARSEC"}]}}}""")]
    [InlineData("""{ __type(name: "Unit") { enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } } }""", null, """{"data":{"__type":{"enumValues":[{"name":"PARSEC","isDeprecated":false,"deprecationReason":null},{"name":"MILE","isDeprecated":true,"deprecationReason":"Far too short."}]}}}""")]
    [InlineData("""{ __type(name: "Search") { inputFields { name } } }""", null, """{"data":{"__type":{"inputFields":[{"name":"name"}]}}}""")]
    [InlineData("""{ __type(name: "Search") { inputFields(includeDeprecated: true) { name isDeprecated deprecationReason } } }""", null, """{"data":{"__type":{"inputFields":[{"name":"name","isDeprecated":false,"deprecationReason":null},{"name":"nick","isDeprecated":true,"deprecationReason":"Nobody has one."}]}}}""")]
    public Task Deprecated_things_are_there_for_those_who_ask(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"old": 1}""", document, expected, variables);

    [Fact]
    public void A_required_argument_cannot_be_deprecated() =>
        Schemas.Refused("type Query { a(b: Int! @deprecated): Int }", "1:24 1:19 Required argument Query.a(b:) cannot be deprecated.");

    [Fact]
    public void With_a_default_it_is_not_required() => Schemas.Valid("type Query { a(b: Int! = 1 @deprecated): Int }");

    [Fact]
    public void A_required_input_field_cannot_be_deprecated() => Schemas.Refused(
        "type Query { a(b: I): Int } input I { c: Int! @deprecated }",
        "1:47 1:42 Required input field I.c cannot be deprecated.");

    [Fact]
    public void A_required_argument_of_a_directive_cannot_be_deprecated() => Schemas.Refused(
        """
        type Query { a: Int }
        directive @d(a: Int! @deprecated) on FIELD
        """,
        "2:22 2:17 Required argument @d(a:) cannot be deprecated.");

    [Fact]
    public void Types_are_not_deprecated() =>
        Schemas.Refused("type Query @deprecated { a: Int }", """1:12 Directive "@deprecated" may not be used on OBJECT.""");
}
