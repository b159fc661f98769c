using Xunit;

namespace GraphGateway.Validation.Tests.Rules;

public sealed class OperationTypeExistenceRuleTests
{
    [Fact]
    public void Kinds_with_a_root_type_are_fine() => Expect.Valid("query Q { dog { name } } subscription S { importantEmails }");

    [Fact]
    public void Every_operation_of_a_kind_that_the_schema_lacks_is_an_error() => Expect.Errors(
        """
        query Q { dog { name } }
        mutation M { __typename }
        mutation N { __typename }
        """,
        """
        2:1 Schema is not configured to execute mutation operation.
        3:1 Schema is not configured to execute mutation operation.
        """);

    [Fact]
    public void It_is_said_when_nothing_else_is_wrong() => Expect.Errors(
        "query Q { dog { nope } } mutation M { __typename }",
        "1:17 Cannot query field \"nope\" on type \"Dog\".",
        new ValidationOptions { Suggestions = false });
}
