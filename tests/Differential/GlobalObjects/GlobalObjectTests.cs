using Xunit;

namespace GraphGateway.Differential;

/// <summary>Objects by their global ids over several services: what clients get, and what the services are asked for it.</summary>
public sealed class GlobalObjectTests
{
    private static readonly string Ada = NodeServices.Id("User:1");
    private static readonly string Bo = NodeServices.Id("User:2");
    private static readonly string Order = NodeServices.Id("Order:7");
    private static readonly string Review = NodeServices.Id("Review:3");
    private static readonly string NoUser = NodeServices.Id("User:99");

    private readonly NodeServices services = new();

    [Fact]
    public async Task An_object_comes_from_the_services_that_know_it_all_at_once()
    {
        Assert.Equal(
            WithIds("""{"data":{"node":{"__typename":"User","id":"ADA","name":"Ada","orders":[{"total":12}],"reviews":[{"stars":5}]}}}"""),
            await services.QueryAsync("query($id: ID!) { node(id: $id) { __typename id ... on User { name orders { total } reviews { stars } } ... on Order { total } } }", $$"""{"id":"{{Ada}}"}"""));
        Assert.Equal(
            [
                "orders: query($__gg_1_id: ID!) { node(id: $__gg_1_id) { ... on User { orders { total } } ... on Order { total } } }",
                "reviews: query($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { reviews { stars } } } }",
                "users: query($__gg_1_id: ID!) { node(id: $__gg_1_id) { ... on User { name } } }",
            ],
            services.Asked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ node(id: \"ADA\") { __typename } }", """{"data":{"node":{"__typename":"User"}}}""", 1)]
    [InlineData("{ node(id: \"ADA\") { id } }", """{"data":{"node":{"id":"ADA"}}}""", 1)]
    [InlineData("{ node(id: \"NOUSER\") { __typename id } }", """{"data":{"node":null}}""", 1)]
    [InlineData("{ node(id: \"NOUSER\") { ... on User { name orders { total } } } }", """{"data":{"node":null}}""", 2)]
    [InlineData("{ node(id: \"ADA\") { ... on Order { total } } }", """{"data":{"node":{}}}""", 1)]
    [InlineData("{ node(id: \"ORDER\") { ... on Order { total } ... on Named { name } } }", """{"data":{"node":{"total":12,"name":"seven"}}}""", 1)]
    [InlineData("{ node(id: \"ORDER\") { ... on Order { buyer { id name } } } }", """{"data":{"node":{"buyer":{"id":"ADA","name":"Ada"}}}}""", 2)]
    [InlineData("{ a: node(id: \"ADA\") { ... on Named { name } } b: node(id: \"ORDER\") { ... on Named { n: name } } me { name } }", """{"data":{"a":{"name":"Ada"},"b":{"n":"seven"},"me":{"name":"Ada"}}}""", 3)]
    [InlineData("{ node(id: \"ADA\") { ... on User { name @skip(if: true) } id @include(if: true) } other: node(id: \"ORDER\") @skip(if: true) { id } }", """{"data":{"node":{"id":"ADA"}}}""", 1)]
    [InlineData("{ ...N } fragment N on Query { node(id: \"REVIEW\") { ...R } } fragment R on Review { stars }", """{"data":{"node":{"stars":5}}}""", 1)]
    public async Task One_object(string query, string expected, int requests)
    {
        Assert.Equal(WithIds(expected), await services.QueryAsync(WithIds(query)));
        Assert.Equal(requests, services.Asked.Count);
    }

    [Theory]
    [InlineData("{ nodes(ids: []) { id } }", """{"data":{"nodes":[]}}""", 0)]
    [InlineData("{ nodes(ids: \"ADA\") { id } }", """{"data":{"nodes":[{"id":"ADA"}]}}""", 1)]
    [InlineData("{ nodes(ids: [\"ADA\", \"ORDER\", \"NOUSER\", \"BO\", \"ADA\", \"REVIEW\"]) { __typename ... on Named { name } ... on Review { stars } } }",
        """{"data":{"nodes":[{"__typename":"User","name":"Ada"},{"__typename":"Order","name":"seven"},null,{"__typename":"User","name":"Bo"},{"__typename":"User","name":"Ada"},{"__typename":"Review","stars":5}]}}""", 3)]
    [InlineData("{ nodes(ids: [\"ADA\", \"BO\"]) { ... on User { name orders { total } } } }", """{"data":{"nodes":[{"name":"Ada","orders":[{"total":12}]},{"name":"Bo","orders":[]}]}}""", 2)]
    public async Task Several_objects(string query, string expected, int requests)
    {
        Assert.Equal(WithIds(expected), await services.QueryAsync(WithIds(query)));
        Assert.Equal(requests, services.Asked.Count);
    }

    [Fact]
    public async Task Ids_come_from_variables_too_and_from_their_defaults() => Assert.Equal(
        WithIds("""{"data":{"nodes":[{"id":"ADA"},{"id":"BO"}],"node":{"id":"ORDER"},"all":[{"id":"REVIEW"}]}}"""),
        await services.QueryAsync(
            WithIds("query($one: ID!, $order: ID! = \"ORDER\", $all: [ID!]!) { nodes(ids: [$one, \"BO\"]) { id } node(id: $order) { id } all: nodes(ids: $all) { id } }"),
            WithIds("""{"one":"ADA","all":["REVIEW"]}""")));

    [Theory]
    [InlineData("nobody", "The id \"nobody\" cannot be read: it names no type.")]
    [InlineData("", "The id \"\" cannot be read: it names no type.")]
    [InlineData("Tobody:1", "The id \"VG9ib2R5OjE=\" names the type \"Tobody\", and there are no such objects to be fetched by their ids.")]
    [InlineData("Query:1", "The id \"UXVlcnk6MQ==\" names the type \"Query\", and there are no such objects to be fetched by their ids.")]
    // Clients do not see that there are notes.
    [InlineData("Note:9", "The id \"Tm90ZTo5\" names the type \"Note\", and there are no such objects to be fetched by their ids.")]
    public async Task An_id_that_leads_to_nothing_is_null_and_an_error(string id, string message)
    {
        var text = id.Contains(':', StringComparison.Ordinal) ? NodeServices.Id(id) : id;
        var quoted = message.Replace("\"", "\\\"", StringComparison.Ordinal);
        Assert.Equal(
            """{"errors":[{"message":"MESSAGE","path":["x"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"x":null,"me":{"name":"Ada"}}}""".Replace("MESSAGE", quoted, StringComparison.Ordinal),
            await services.QueryAsync("query($id: ID!) { x: node(id: $id) { id } me { name } }", $$"""{"id":"{{text}}"}"""));
        Assert.Equal(
            WithIds("""{"errors":[{"message":"MESSAGE","path":["nodes",1],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"nodes":[{"id":"ADA"},null]}}""").Replace("MESSAGE", quoted, StringComparison.Ordinal),
            await services.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", WithIds($$"""{"ids":["ADA","{{text}}"]}""")));
    }

    [Fact]
    public async Task More_ids_than_allowed_are_refused() => Assert.Equal(
        """{"errors":[{"message":"1001 ids are asked for at once, and at most 1000 are allowed. Ask for them in several requests.","path":["nodes"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}""",
        await services.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", $$"""{"ids":[{{string.Join(',', Enumerable.Repeat($"\"{Ada}\"", 1001))}}]}"""));

    [Fact]
    public async Task Whether_an_object_is_there_nobody_says_while_its_service_is_down()
    {
        services.Down.Add("users");
        Assert.Equal(
            """{"errors":[{"message":"A source could not be reached.","path":["node"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"node":null}}""",
            await services.QueryAsync(WithIds("{ node(id: \"ADA\") { ... on User { name } } }")));
    }

    [Fact]
    public async Task What_another_service_has_of_it_is_null_while_that_one_is_down()
    {
        services.Down.Add("reviews");
        Assert.Equal(
            """{"errors":[{"message":"A source could not be reached.","path":["node","reviews"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"node":{"name":"Ada","reviews":null}}}""",
            await services.QueryAsync(WithIds("{ node(id: \"ADA\") { ... on User { name reviews { stars } } } }")));
    }

    [Fact]
    public async Task A_null_where_none_may_be_takes_the_object_with_it()
    {
        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["node","name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"node":null}}""",
            await services.QueryAsync($$"""{ node(id: "{{NodeServices.Id("User:4")}}") { id ... on User { name } } }"""));
    }

    private static string WithIds(string text) => text.Replace("ADA", Ada, StringComparison.Ordinal).Replace("\"BO\"", $"\"{Bo}\"", StringComparison.Ordinal)
        .Replace("NOUSER", NoUser, StringComparison.Ordinal).Replace("ORDER", Order, StringComparison.Ordinal).Replace("REVIEW", Review, StringComparison.Ordinal);
}
