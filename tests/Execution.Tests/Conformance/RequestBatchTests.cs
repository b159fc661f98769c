using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// A source that takes lists of requests, and neither variables in lists nor aliases, is asked once for many entities. Its answer is a list in
/// the same order, or says with <c>requestIndex</c> which request each response is for.
/// </summary>
public sealed class RequestBatchTests
{
    private const string First = """a {"query":"query { step0 }"}""";

    private const string Lookup = """{"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}""";

    [Theory]
    [InlineData("""[{"data":{"find":{"name":"one"}}},{"data":{"find":{"name":"two"}}}]""")]
    [InlineData("""[{"requestIndex":1,"data":{"find":{"name":"two"}}},{"data":{"find":{"name":"one"}},"requestIndex":0}]""")]
    [InlineData("{\"data\":{\"find\":{\"name\":\"two\"}},\"requestIndex\":1}\n{\"requestIndex\":0,\"data\":{\"find\":{\"name\":\"one\"}}}\n")]
    public Task Answers_come_in_the_order_of_the_requests_or_by_index(string answer) =>
        Answers(answer, """{"data":{"maybe":[{"id":"1","name":"one"},{"id":"2","name":"two"}]}}""");

    [Fact]
    public Task An_error_is_at_the_entity_that_it_is_about() => Answers(
        """[{"data":{"find":{"name":null}},"errors":[{"message":"no","path":["find","name"]}]},{"data":{"find":{"name":"two"}}}]""",
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",0,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":"two"}]}}
        """);

    [Theory]
    [InlineData("""[7,{"data":{"find":{"name":"two"}}}]""")]
    [InlineData("""[{},{"data":{"find":{"name":"two"}}}]""")]
    [InlineData("""[{"extensions":{}},{"data":{"find":{"name":"two"}}}]""")]
    [InlineData("""[{"requestIndex":1,"data":{"find":{"name":"two"}}}]""")]
    public Task A_response_that_is_missing_or_none_takes_nothing_from_the_others(string answer) => Answers(
        answer,
        """
        {"errors":[{"message":"A source's answer lacks the entity.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":"two"}]}}
        """);

    [Theory]
    [InlineData("""[{"data":{"find":{"name":"one"}}}]""")]
    [InlineData("""[{"data":{"find":{"name":"one"}}},{"data":{"find":{"name":"two"}}},{"data":{"find":{"name":"three"}}}]""")]
    [InlineData("""[{"requestIndex":0,"data":{"find":{"name":"one"}}},{"requestIndex":0,"data":{"find":{"name":"two"}}}]""")]
    [InlineData("""[{"requestIndex":2,"data":{"find":{"name":"one"}}},{"requestIndex":0,"data":{"find":{"name":"two"}}}]""")]
    [InlineData("{\"data\":{\"find\":{\"name\":\"one\"}}}\n{\"data\":{\"find\":{\"name\":\"two\"}}}\n")]
    [InlineData("""{"data":{"find":{"name":"one"}}}""")]
    [InlineData("[]")]
    [InlineData("""[{"data":{"find":{"name":"one"}}},{"data":{"find":{"name":"two"}}}""")]
    public Task Where_nobody_can_say_which_response_is_whose_all_fail(string answer) => Answers(
        answer,
        """
        {"errors":[
          {"message":"A source's answer is no GraphQL response.","path":["maybe",0,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["maybe",1,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":null}]}}
        """);

    [Theory]
    [InlineData("""{"errors":[{"message":"no lists of requests here"}]}""")]
    [InlineData("""{"data":null,"errors":[{"message":"no lists of requests here","path":["find"]}]}""")]
    public Task An_error_that_refuses_the_whole_list_is_at_each_of_its_entities(string answer) => Answers(
        answer,
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["maybe",0,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},
          {"message":"Unexpected error from a source.","path":["maybe",1,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"id":"1","name":null},{"id":"2","name":null}]}}
        """);

    [Fact]
    public Task A_single_entity_is_a_plain_request() => Check.Sends(
        Plan(),
        [(0, """{"data":{"maybe":[{"id":"1"}]}}"""), (1, """{"data":{"find":{"name":"one"}}}""")],
        [First, $"d {Lookup}"],
        """{"data":{"maybe":[{"id":"1","name":"one"}]}}""");

    private static QueryPlan Plan() => TestPlan.Build(
        "{ maybe { id name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("d", FetchKind.Lookup, "maybe") { After = [0] });

    private static Task Answers(string answer, string expected) => Check.Sends(
        Plan(),
        [(0, """{"data":{"maybe":[{"id":"1"},{"id":"2"}]}}"""), (1, answer)],
        [First, $"d [{Lookup},{Lookup.Replace("\"1\"", "\"2\"", StringComparison.Ordinal)}]"],
        expected);
}
