using System.Text;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>Sources that misbehave: the rest of the answer stands, and each null has an error with the right path and code.</summary>
public sealed class FaultTests
{
    private const string Malformed = "A source's answer is no GraphQL response.";

    public static TheoryData<string, string, string> BadAnswers => new()
    {
        { "", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { "   ", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { "<html><body>502</body></html>", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { "null", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { "[]", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { "{}", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"message":"no"}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":3}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":null}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":1}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":1}}} x""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":1,}}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":01}}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"\x","age":1}}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","name":"y","age":1}}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":1}},"errors":{}}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
        { """{"data":{"user":{"name":"x","age":1}},"data":null}""", Malformed, "SUBREQUEST_MALFORMED_RESPONSE" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public Task An_answer_that_is_no_response_leaves_nothing_behind(string body, string message, string code) => Check.Answers(
        TestPlan.Build("{ user { name age } leaf @s(n: [1]) { int } }", new StepSpec("a"), new StepSpec("b")),
        [(0, body), (1, """{"data":{"leaf":{"int":1}}}""")],
        $$$"""{"errors":[{"message":"{{{message}}}","path":["user"],"extensions":{"code":"{{{code}}}"}}],"data":{"user":null,"leaf":{"int":1} } }""");

    [Fact]
    public Task Invalid_utf8_is_no_response() => Check.Answers(
        TestPlan.Build("{ user { name } }", new StepSpec("a")),
        [(0, new Answer([.. Encoding.UTF8.GetBytes("""{"data":{"user":{"name":"x"""), 0xC3, .. Encoding.UTF8.GetBytes("\"}}}")]))],
        $$$"""{"errors":[{"message":"{{{Malformed}}}","path":["user"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],"data":{"user":null}}""");

    [Theory]
    [InlineData(SubgraphOutcome.Unreachable, "A source could not be reached.", "SUBREQUEST_HTTP_ERROR")]
    [InlineData(SubgraphOutcome.TimedOut, "A source did not answer in time.", "GATEWAY_TIMEOUT")]
    [InlineData(SubgraphOutcome.RequestTimedOut, "The request took longer than allowed.", "REQUEST_TIMEOUT")]
    [InlineData(SubgraphOutcome.RequestTooLarge, "The request to a source is larger than allowed.", "SUBREQUEST_TOO_LARGE")]
    [InlineData(SubgraphOutcome.Refused, "Too many requests wait for a source. Send the request again later.", "SUBGRAPH_QUEUE_FULL")]
    [InlineData(SubgraphOutcome.ShuttingDown, "The gateway is shutting down. Send the request again.", "GATEWAY_SHUTTING_DOWN")]
    [InlineData(SubgraphOutcome.TooLarge, "A source's answer is larger than allowed.", "SUBREQUEST_MALFORMED_RESPONSE")]
    public Task A_source_without_an_answer_costs_its_fields(SubgraphOutcome outcome, string message, string code) => Check.Answers(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) age @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] }),
        [(0, """{"data":{"maybe":[{"id":"1"},null]}}"""), (1, outcome)],
        $$$"""
        {"errors":[
          {"message":"{{{message}}}","path":["maybe",0,"name"],"extensions":{"code":"{{{code}}}"}},
          {"message":"{{{message}}}","path":["maybe",0,"age"],"extensions":{"code":"{{{code}}}"}}],
        "data":{"maybe":[{"id":"1","name":null,"age":null},null]}}
        """);

    [Fact]
    public Task A_status_without_a_graphql_answer_is_what_went_wrong() => Check.Answers(
        TestPlan.Build("{ user { name } }", new StepSpec("a")),
        [(0, Answer.WithStatus(502, "<html>"))],
        """{"errors":[{"message":"A source answered with an error status.","path":["user"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"user":null}}""");

    [Fact]
    public Task A_graphql_answer_counts_whatever_the_status() => Check.Answers(
        TestPlan.Build("{ user { name } }", new StepSpec("a")),
        [(0, Answer.WithStatus(400, """{"errors":[{"message":"secret"}]}"""))],
        """{"errors":[{"message":"Unexpected error from a source.","path":["user"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"user":null}}""");

    [Fact]
    public Task A_value_of_the_wrong_kind_costs_its_field_alone() => Check.Answers(
        TestPlan.Build("{ leaf { int float string boolean id status ints tags json } user { name } users { id } }", new StepSpec("a")),
        [(0, """
            {"data":{"leaf":{"int":2147483648,"float":"1","string":1,"boolean":"true","id":1.5,"status":"SECRET","ints":[1,"2",3.0,4],"tags":"x","json":[]},
            "user":7,"users":[{"id":"1"}]}}
            """)],
        """
        {"errors":[
          {"message":"A source's value does not have the field's type.","path":["leaf","int"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","float"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","string"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","boolean"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","id"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"The value is not for clients.","path":["leaf","status"],"extensions":{"code":"INACCESSIBLE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","ints",1],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","ints",2],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["leaf","tags"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have the field's type.","path":["user"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"leaf":{"int":null,"float":null,"string":null,"boolean":null,"id":null,"status":null,"ints":[1,null,null,4],"tags":null,"json":[]},
          "user":null,"users":[{"id":"1"}]}}
        """);

    [Fact]
    public Task Missing_keys_and_wrong_typenames_are_errors() => Check.Answers(
        TestPlan.Build("{ user { name nick } nodes { id } search { __typename } node { id } }", new StepSpec("a")),
        [(0, """
            {"data":{"user":{"nick":"x"},"nodes":[{"__typename":"User","id":"1"}],"search":[{"__typename":"Ghost"},{"__typename":"Nobody"},{"x":1},{"__typename":"User"}],
            "node":{"__typename":"Address","id":"2"}}}
            """)],
        """
        {"errors":[
          {"message":"A source's answer lacks the field.","path":["user","name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have an expected runtime type.","path":["search",0],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have an expected runtime type.","path":["search",1],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have an expected runtime type.","path":["search",2],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's value does not have an expected runtime type.","path":["node"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":{"name":null,"nick":"x"},"nodes":[{"id":"1"}],"search":[null,null,null,{"__typename":"User"}],"node":null}}
        """);

    [Fact]
    public Task A_type_that_clients_must_not_see_is_an_error_where_they_would_see_it() => Check.Answers(
        TestPlan.Build("{ node { __typename id } }", new StepSpec("a")),
        [(0, """{"data":{"node":{"__typename":"Ghost","id":"1"}}}""")],
        """{"errors":[{"message":"The object is of a type that is not for clients.","path":["node"],"extensions":{"code":"INACCESSIBLE"}}],"data":{"node":null}}""");

    [Theory]
    [InlineData("""{"data":{"_entities":[{"name":"x"}]}}""")]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":"y"},{"name":"z"}]}}""")]
    [InlineData("""{"data":{"_entities":{"name":"x"}}}""")]
    [InlineData("""{"data":{"_entities":null}}""")]
    [InlineData("""{"data":{"_entities":[{"name":"x"},{"name":"y"}],"_entities":[]}}""")]
    [InlineData("""{"data":{}}""")]
    public Task Too_few_or_too_many_entities_belong_to_nobody(string answer) => Check.Answers(
        TestPlan.Build("{ maybe { id name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b", FetchKind.Representations, "maybe") { After = [0] }),
        [(0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""), (1, answer)],
        $$$"""
        {"errors":[
          {"message":"{{{Malformed}}}","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"{{{Malformed}}}","path":["maybe",1,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":null}]}}
        """);

    [Fact]
    public Task An_entity_of_another_type_is_an_error() => Check.Answers(
        TestPlan.Build(
            "{ maybe { id name @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "maybe") { After = [0], TellsType = true }),
        [(0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""), (1, """{"data":{"_entities":[{"__typename":"Post","name":"x"},{"__typename":"User","name":"y"}]}}""")],
        """
        {"errors":[{"message":"A source's value does not have an expected runtime type.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":"y"}]}}
        """);

    [Fact]
    public Task A_key_that_failed_fails_what_it_is_the_key_of() => Check.Answers(
        TestPlan.Build(
            "{ user { name @s(n: [2]) age @s(n: [1]) id @hidden title @hidden @s(n: [1]) } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "user", "title") { After = [1] }),
        [(0, """{"data":{"user":{"id":"1"}}}"""), (1, SubgraphOutcome.Unreachable)],
        """
        {"errors":[
          {"message":"A source could not be reached.","path":["user","name"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}},
          {"message":"A source could not be reached.","path":["user","age"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],
        "data":{"user":{"name":null,"age":null}}}
        """);
}
