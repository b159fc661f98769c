using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class KnownTypeNamesRuleTests
{
    [Fact]
    public void Types_of_the_schema_are_fine() => Expect.Valid(
        """
        query Q($a: String, $b: [String!]!, $c: ComplexInput) {
          complicatedArgs { stringListArgField(stringListArg: $b) stringArgField(stringArg: $a) complexArgField(complexArg: $c) booleanArgField(booleanArg: true) }
          dog @include(if: true) { ... on Pet { name } isAtLocation(x: 1) }
          human(id: 1) @skip(if: false) { pets { ...F } } }
        fragment F on Pet { name }
        """);

    [Fact]
    public void Unknown_types_are_told_with_what_is_like_them() => Expect.Errors(
        """
        query Q($a: [JumbledUpLetters!]) {
          dog { ... on Badger { name } ... on Dogg { name } }
          pet { ...F }
        }
        fragment F on Peat { name }
        """,
        """
        1:14 Unknown type "JumbledUpLetters".
        2:16 Unknown type "Badger".
        2:39 Unknown type "Dogg". Did you mean "Dog"?
        1:9 Variable "$a" is never used in operation "Q".
        5:15 Unknown type "Peat". Did you mean "Pet" or "Cat"?
        """);
}
