using Xunit;

namespace GraphGateway.Conformance.Section2;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Document">Document</see>.
/// </summary>
public sealed class DocumentTests
{
    private const string Sdl =
        """
        type Query { a: String }
        """;

    [Fact]
    public void A_document_has_definitions_of_both_kinds() => Grammar.Reads(
        "query Q { a } fragment F on Query { a } type A { b: Int } extend type A { c: Int }",
        """
        query Q {
          a
        }

        fragment F on Query {
          a
        }

        type A {
          b: Int
        }

        extend type A {
          c: Int
        }
        """);

    [Fact]
    public void What_is_no_definition_is_refused() => Grammar.Refuses("a { b }", """1:1 Syntax Error: Unexpected Name "a".""");

    [Fact]
    public Task A_document_without_an_operation_cannot_be_executed() => Service.Answers(
        Sdl,
        "{}",
        "fragment F on Query { a }",
        """{"errors":[{"message":"Fragment \"F\" is never used.","locations":[{"line":1,"column":1}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task A_document_with_a_type_cannot_be_executed() => Service.Answers(
        Sdl,
        "{}",
        "{ a } type B { c: Int }",
        """{"errors":[{"message":"The \"B\" definition is not executable.","locations":[{"line":1,"column":7}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task With_one_operation_no_name_is_needed() => Service.Answers(Sdl, """{"a":"x"}""", "query Q { a }", """{"data":{"a":"x"}}""");

    [Fact]
    public Task With_several_operations_one_must_be_named() =>
        Service.Answers(Sdl, """{"a":"x"}""", "query Q { a } query R { b: a }", """{"data":{"b":"x"}}""", operationName: "R");

    [Fact]
    public Task Without_its_name_none_of_several_is_run() => Service.Answers(
        Sdl,
        """{"a":"x"}""",
        "query Q { a } query R { b: a }",
        """{"errors":[{"message":"Must provide operation name if query contains multiple operations.","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""");
}
