using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Tests.Services;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Users;

public sealed class UsersQueryTests(UsersFixture fixture) : IClassFixture<UsersFixture>
{
    [Fact]
    public async Task Serves_what_it_publishes() =>
        Assert.Equal(PublishedSchema.Read("users"), PublishedSchema.Normalize(await fixture.Service.Client.GetStringAsync("/graphql/schema.graphql")));

    [Fact]
    public async Task A_user_by_id_with_every_field() => JsonText.Check(
        """
        {
          "data": {
            "userById": {
              "__typename": "User",
              "id": "1",
              "email": "mila.garcia.1@example.com",
              "name": "Mila García",
              "memberSince": "2021-03-02T17:57:00Z",
              "loyaltyTier": "PLATINUM",
              "creditLimit": { "amount": 2350.00, "currency": "EUR" },
              "addresses": [
                {
                  "__typename": "ShippingAddress",
                  "id": "1",
                  "street": "Rue Victor Hugo 8",
                  "city": "Lyon",
                  "postalCode": "69028",
                  "countryCode": "FR",
                  "instructions": null
                },
                {
                  "__typename": "BillingAddress",
                  "id": "2",
                  "street": "Stationsstraat 111",
                  "city": "Antwerpen",
                  "postalCode": "2020",
                  "countryCode": "BE",
                  "vatNumber": null
                }
              ]
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { userById(id: "1") {
                __typename id email name memberSince loyaltyTier creditLimit { amount currency }
                addresses {
                  __typename id street city postalCode countryCode
                  ... on ShippingAddress { instructions }
                  ... on BillingAddress { vatNumber }
                } } }
            """));

    [Fact]
    public async Task A_user_by_email_in_any_case() => JsonText.Check(
        """
        { "data": { "userByEmail": { "id": "2", "name": "Isaac Meier" } } }
        """,
        await fixture.Service.QueryAsync("""{ userByEmail(email: " Isaac.MEIER.2@example.com") { id name } }"""));

    [Theory]
    [InlineData("1001")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("99999999999")]
    public async Task No_user_has_another_id(string id) => JsonText.Check(
        """
        { "data": { "userById": null } }
        """,
        await fixture.Service.QueryAsync("query($id: ID!) { userById(id: $id) { id } }", new JsonObject { ["id"] = id }.ToJsonString()));

    [Fact]
    public async Task No_user_has_an_unknown_email() => JsonText.Check(
        """
        { "data": { "userByEmail": null } }
        """,
        await fixture.Service.QueryAsync("""{ userByEmail(email: "nobody@example.com") { id } }"""));

    [Fact]
    public async Task Pages_go_forward_and_back_again()
    {
        var cursors = new List<string?>();
        var names = new List<string>();
        string? after = null;
        for (var i = 0; i < 3; i++)
        {
            var page = await PageAsync("first: 2, after: $cursor", after);
            names.Add(string.Join(" ", page["nodes"]!.AsArray().Select(node => (string)node!["id"]!)) + Flags(page));
            after = (string)page["pageInfo"]!["endCursor"]!;
            cursors.Add((string?)page["pageInfo"]!["startCursor"]);
        }

        var back = await PageAsync("last: 2, before: $cursor", cursors[2]);
        names.Add(string.Join(" ", back["nodes"]!.AsArray().Select(node => (string)node!["id"]!)) + Flags(back));
        var first = await PageAsync("last: 2, before: $cursor", (string)back["pageInfo"]!["startCursor"]!);
        names.Add(string.Join(" ", first["nodes"]!.AsArray().Select(node => (string)node!["id"]!)) + Flags(first));
        var end = await PageAsync("last: 2, before: $cursor", null);
        names.Add(string.Join(" ", end["nodes"]!.AsArray().Select(node => (string)node!["id"]!)) + Flags(end));

        Assert.Equal(["1 2 >", "3 4 <>", "5 6 <>", "3 4 <>", "1 2 >", "999 1000 <"], names);
    }

    [Fact]
    public async Task A_page_says_where_it_lies_and_how_many_there_are() => JsonText.Check(
        """
        {
          "data": {
            "users": {
              "totalCount": 327,
              "pageInfo": {
                "hasNextPage": true,
                "hasPreviousPage": false,
                "startCursor": "WyI4OGE3ZmY2MCIsIjk1MCIsIkFkYSBEYWhsIiwiOTUyIl0",
                "endCursor": "WyI4OGE3ZmY2MCIsIjk1MCIsIkFudG9uIERhaGwiLCI3MzEiXQ"
              },
              "edges": [
                {
                  "cursor": "WyI4OGE3ZmY2MCIsIjk1MCIsIkFkYSBEYWhsIiwiOTUyIl0",
                  "node": { "id": "952", "name": "Ada Dahl", "creditLimit": { "amount": 950.00 } }
                },
                {
                  "cursor": "WyI4OGE3ZmY2MCIsIjk1MCIsIkFudG9uIERhaGwiLCI3MzEiXQ",
                  "node": { "id": "731", "name": "Anton Dahl", "creditLimit": { "amount": 950.00 } }
                }
              ]
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { users(first: 2, where: { loyaltyTier: { eq: BRONZE } }, order: [{ creditLimit: DESC }, { name: ASC }]) {
                totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                edges { cursor node { id name creditLimit { amount } } } } }
            """));

    [Theory]
    [InlineData("id: { in: [\"3\", \"1\", \"x\"] }", "1 3")]
    [InlineData("id: { eq: \"x\" }", "")]
    [InlineData("id: { neq: \"1\" }, email: { endsWith: \".4@example.com\" }", "4")]
    [InlineData("email: { eq: \"isaac.meier.2@example.com\" }", "2")]
    [InlineData("name: { startsWith: \"Mila Z\", contains: \"egl\" }, id: { in: [\"1\", \"2\", \"3\"] }", "3")]
    [InlineData("name: { nstartsWith: \"Mila\", ncontains: \"Meier\", nendsWith: \"x\" }, id: { in: [\"1\", \"2\", \"3\", \"4\"] }", "4")]
    [InlineData("or: [{ id: { eq: \"5\" } }, { and: [{ memberSince: { lt: \"2021-03-04T00:00:00Z\" } }, { loyaltyTier: { in: [PLATINUM] } }] }]", "1 2 5")]
    [InlineData("name: { startsWith: \"mila\" }", "")]
    [InlineData("memberSince: { gte: \"2021-03-02T18:57:00+01:00\", lte: \"2021-03-03T11:42:42Z\" }", "1 2")]
    [InlineData("memberSince: { gt: \"2021-03-02T18:57:00+01:00\", lt: \"2021-03-03T11:42:43Z\" }", "2")]
    [InlineData("creditLimit: { eq: 2350.00 }, id: { in: [\"1\", \"2\", \"3\"] }", "1")]
    [InlineData("creditLimit: { gt: 900, lte: 2050 }, loyaltyTier: { nin: [BRONZE, SILVER, GOLD] }, id: { in: [\"1\", \"2\", \"3\"] }", "2")]
    public async Task Lists_who_fulfils_the_conditions(string where, string ids)
    {
        var answer = JsonNode.Parse(await fixture.Service.QueryAsync($"{{ users(first: 5, where: {{ {where} }}) {{ nodes {{ id }} }} }}"));
        Assert.Equal(ids, string.Join(' ', (answer!["data"]?["users"]?["nodes"] ?? throw new InvalidOperationException(answer.ToString())).AsArray().Select(node => (string)node!["id"]!)));
    }

    [Fact]
    public async Task Lists_by_several_fields_upwards_and_downwards() => JsonText.Check(
        """
        {
          "data": {
            "users": {
              "nodes": [
                { "id": "2", "loyaltyTier": "PLATINUM", "creditLimit": { "amount": 2050.00 } },
                { "id": "5", "loyaltyTier": "PLATINUM", "creditLimit": { "amount": 2050.00 } },
                { "id": "3", "loyaltyTier": "PLATINUM", "creditLimit": { "amount": 2100.00 } },
                { "id": "1", "loyaltyTier": "PLATINUM", "creditLimit": { "amount": 2350.00 } }
              ]
            }
          }
        }
        """,
        await fixture.Service.QueryAsync("""
            { users(first: 4, where: { id: { in: ["1", "2", "3", "5", "9", "400"] } }, order: [{ loyaltyTier: DESC }, { creditLimit: ASC }]) {
                nodes { id loyaltyTier creditLimit { amount } } } }
            """));

    [Fact]
    public async Task A_page_that_is_too_large_is_an_error() => JsonText.Check(
        """
        {
          "errors": [
            {
              "message": "\"first\" must be at most 100.",
              "locations": [{ "line": 1, "column": 3 }],
              "path": ["users"],
              "extensions": { "code": "BAD_USER_INPUT" }
            }
          ],
          "data": { "users": null }
        }
        """,
        await fixture.Service.QueryAsync("{ users(first: 101) { nodes { id } } }"));

    [Fact]
    public async Task Reads_only_the_columns_that_are_selected()
    {
        fixture.Service.Statements.Clear();
        await fixture.Service.QueryAsync("""{ users(first: 2, where: { name: { startsWith: "A" } }) { nodes { email } } }""");
        JsonText.Check(
            """
            SELECT "u"."Email", "u"."Id"
            FROM "Users" AS "u"
            WHERE "u"."Name" LIKE @Value_startswith ESCAPE '\'
            ORDER BY "u"."Id"
            LIMIT @p
            """,
            Assert.Single(fixture.Service.Statements.All));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_batch_of_lookups_is_one_statement_a_table(int users)
    {
        fixture.Service.Statements.Clear();
        var answers = await fixture.Service.BatchAsync(
            "query($id: ID!) { userById(id: $id) { id name addresses { city } } }",
            Enumerable.Range(1, users).Select(id => new { id = $"{id}" }));

        Assert.Equal(Enumerable.Range(1, users).Select(id => $"{id}"), answers.Select(answer => (string)answer["data"]!["userById"]!["id"]!));
        Assert.Equal(2, fixture.Service.Statements.All.Count);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public async Task A_page_with_addresses_is_two_statements(int users)
    {
        fixture.Service.Statements.Clear();
        await fixture.Service.QueryAsync($"{{ users(first: {users}) {{ nodes {{ name addresses {{ city }} }} }} }}");

        Assert.Equal(2, fixture.Service.Statements.All.Count);
    }

    private async Task<JsonNode> PageAsync(string arguments, string? cursor)
    {
        var document = $"query($cursor: String) {{ users({arguments}) {{ nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}";
        return JsonNode.Parse(await fixture.Service.QueryAsync(document, new JsonObject { ["cursor"] = cursor }.ToJsonString()))!["data"]!["users"]!;
    }

    private static string Flags(JsonNode page) =>
        " " + ((bool)page["pageInfo"]!["hasPreviousPage"]! ? "<" : "") + ((bool)page["pageInfo"]!["hasNextPage"]! ? ">" : "");
}
