using Xunit;

namespace GraphGateway.Conformance.Section4;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-The-__Directive-Type">The __Directive Type</see>.
/// </summary>
public sealed class DirectiveTypeTests
{
    [Fact]
    public Task Name_locations_arguments_and_whether_it_is_repeatable() => Service.Answers(
        """directive @tag("How." name: String = "a", old: Int @deprecated) repeatable on FIELD | QUERY type Query { a: Int }""",
        "{}",
        "{ __schema { directives { name isRepeatable locations args { name defaultValue } } } }",
        """{"data":{"__schema":{"directives":[{"name":"tag","isRepeatable":true,"locations":["FIELD","QUERY"],"args":[{"name":"name","defaultValue":"\"a\""}]},{"name":"include","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"skip","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"deprecated","isRepeatable":false,"locations":["FIELD_DEFINITION","ARGUMENT_DEFINITION","INPUT_FIELD_DEFINITION","ENUM_VALUE"],"args":[{"name":"reason","defaultValue":"\"No longer supported\""}]},{"name":"specifiedBy","isRepeatable":false,"locations":["SCALAR"],"args":[{"name":"url","defaultValue":null}]},{"name":"oneOf","isRepeatable":false,"locations":["INPUT_OBJECT"],"args":[]}]}}}""");
}
