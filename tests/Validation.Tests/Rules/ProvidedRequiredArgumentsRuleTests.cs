using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class ProvidedRequiredArgumentsRuleTests
{
    [Fact]
    public void Arguments_with_defaults_may_be_left_out() => Expect.Valid(
        """
        { complicatedArgs { nonNullFieldWithDefault multipleReqs(req1: 1, req2: 2) } dog @onField { name } }
        """);

    [Fact]
    public void Others_may_not() => Expect.Errors(
        """
        { complicatedArgs { multipleReqs(req2: 1) nonNullIntArgField } dog @include { name @skip @needs } __type { name } }
        """,
        """
        1:21 Field "multipleReqs" argument "req1" of type "Int!" is required, but it was not provided.
        1:43 Field "nonNullIntArgField" argument "nonNullIntArg" of type "Int!" is required, but it was not provided.
        1:68 Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided.
        1:84 Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided.
        1:90 Directive "@needs" argument "it" of type "Int!" is required, but it was not provided.
        1:99 Field "__type" argument "name" of type "String!" is required, but it was not provided.
        """);
}
