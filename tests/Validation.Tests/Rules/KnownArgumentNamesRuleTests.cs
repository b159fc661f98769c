using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class KnownArgumentNamesRuleTests
{
    [Fact]
    public void Arguments_that_are_defined_are_fine() => Expect.Valid(
        """
        { dog { isAtLocation(x: 1, y: 2) name(surname: true) @include(if: true) } }
        """);

    [Fact]
    public void Unknown_ones_are_told_with_what_is_like_them() => Expect.Errors(
        """
        { dog @skip(unless: true, if: true) { isAtLocation(z: 1, xx: 2) doesKnowCommand(DogCommand: SIT, whoKnows: 1) name @include(iff: true, if: true) } __type(names: "x", name: "y") { name } }
        """,
        """
        1:13 Unknown argument "unless" on directive "@skip".
        1:52 Unknown argument "z" on field "Dog.isAtLocation". Did you mean "x" or "y"?
        1:58 Unknown argument "xx" on field "Dog.isAtLocation". Did you mean "x"?
        1:81 Unknown argument "DogCommand" on field "Dog.doesKnowCommand". Did you mean "dogCommand"?
        1:98 Unknown argument "whoKnows" on field "Dog.doesKnowCommand".
        1:125 Unknown argument "iff" on directive "@include". Did you mean "if"?
        1:155 Unknown argument "names" on field "Query.__type". Did you mean "name"?
        """);
}
