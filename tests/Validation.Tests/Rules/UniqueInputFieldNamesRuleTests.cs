using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class UniqueInputFieldNamesRuleTests
{
    [Fact]
    public void A_field_is_given_once() => Expect.Errors(
        """
        { complicatedArgs { a: complexArgField(complexArg: {requiredField: true, stringField: "a", stringField: "b", stringField: "c"}) anyArgField(anyArg: {a: {a: 1}, b: 2, b: {c: 1, c: 2}}) } }
        """,
        """
        1:74 1:92 There can be only one input field named "stringField".
        1:74 1:110 There can be only one input field named "stringField".
        1:161 1:167 There can be only one input field named "b".
        1:171 1:177 There can be only one input field named "c".
        """);
}
