using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class PossibleFragmentSpreadsRuleTests
{
    [Fact]
    public void Types_that_overlap_are_fine() => Expect.Valid(
        """
        { dog { ... on Pet { name } ... on CatOrDog { __typename } ... on Dog { barks } } pet { ... on Dog { barks } ... on CatOrDog { ... on Cat { meows } } ... on DogOrHuman { __typename } } }
        """);

    [Fact]
    public void Types_that_never_overlap_are_not() => Expect.Errors(
        """
        { dog { ... on Cat { meows } ...H } pet { ... on Human { name } ... on HumanOrAlien { __typename } } humanOrAlien { ... on Pet { name } ...C } }
        fragment H on HumanOrAlien { __typename }
        fragment C on Canine { name }
        """,
        """
        1:9 Fragment cannot be spread here as objects of type "Dog" can never be of type "Cat".
        1:30 Fragment "H" cannot be spread here as objects of type "Dog" can never be of type "HumanOrAlien".
        1:43 Fragment cannot be spread here as objects of type "Pet" can never be of type "Human".
        1:65 Fragment cannot be spread here as objects of type "Pet" can never be of type "HumanOrAlien".
        1:117 Fragment cannot be spread here as objects of type "HumanOrAlien" can never be of type "Pet".
        1:137 Fragment "C" cannot be spread here as objects of type "HumanOrAlien" can never be of type "Canine".
        """);
}
