using System.Text.Json;
using GraphGateway.Subgraphs.Tests.Services;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Users;

/// <summary>How much a filter or an order may ask of a service: everything within the limits is answered, everything beyond is refused by name.</summary>
public sealed class FilterLimitTests(UsersFixture fixture) : IClassFixture<UsersFixture>
{
    private const string Count = "query($w: UserFilterInput, $o: [UserSortInput!]) { users(first: 1, where: $w, order: $o) { totalCount } }";
    private const string Items = "query($w: UserFilterInput, $o: [UserSortInput!]) { users(first: 1, where: $w, order: $o) { totalCount nodes { id } } }";

    [Theory]
    [InlineData("or", 201)]
    [InlineData("and", 201)]
    [InlineData("or", 8_000)]
    [InlineData("and", 8_000)]
    public Task More_conditions_than_the_limit_are_refused(string combination, int count) => RefusesAsync(
        new Dictionary<string, object> { [combination] = Named(count) },
        $"A filter has at most 200 conditions; this one has {count}.");

    [Fact]
    public Task Conditions_count_wherever_they_stand() => RefusesAsync(
        new
        {
            and = new object[] { new { or = Named(100) }, new { or = Named(98) } },
            id = new { neq = "1" },
            name = new { contains = "a", ncontains = "b" },
        },
        "A filter has at most 200 conditions; this one has 201.");

    [Fact]
    public Task Empty_conditions_count_too() => RefusesAsync(
        new { or = Enumerable.Repeat(new { and = Array.Empty<object>() }, 8_000) },
        "A filter has at most 200 conditions; this one has 8000.");

    [Fact]
    public Task Deeper_nesting_than_the_limit_is_refused() => RefusesAsync(
        Nested(17), "A filter nests \"and\" and \"or\" at most 16 deep.");

    [Theory]
    [InlineData("in", 1_001)]
    [InlineData("nin", 1_001)]
    [InlineData("in", 150_000)]
    public Task More_values_than_the_limit_are_refused(string operation, int count) => RefusesAsync(
        new { id = new Dictionary<string, object> { [operation] = Ids(count) } },
        $"A filter has at most 1000 values in its \"in\" and \"nin\" lists; this one has {count}.");

    [Fact]
    public Task Values_count_wherever_they_stand() => RefusesAsync(
        new { or = new object[] { new { id = new { @in = Ids(600) } }, new { id = new { nin = Ids(401) } } } },
        "A filter has at most 1000 values in its \"in\" and \"nin\" lists; this one has 1001.");

    [Fact]
    public async Task A_longer_order_than_the_limit_is_refused() => JsonText.Check(
        Refusal("\\\"order\\\" has at most 16 entries; this one has 17."),
        await fixture.Service.QueryAsync(Count, JsonSerializer.Serialize(new { o = Enumerable.Repeat(new { name = "ASC" }, 17) })));

    [Theory]
    [InlineData("or", """{ "data": { "users": { "totalCount": 1, "nodes": [{ "id": "200" }] } } }""")]
    [InlineData("and", """{ "data": { "users": { "totalCount": 0, "nodes": [] } } }""")]
    public async Task As_many_conditions_as_the_limit_are_answered(string combination, string expected) => JsonText.Check(
        expected,
        await AnswerAsync(new Dictionary<string, object>
        {
            [combination] = Named(199).Append(new { id = new { eq = "200" } }),
        }));

    [Fact]
    public async Task As_many_conditions_that_all_hold_as_the_limit_are_answered() => JsonText.Check(
        """
        { "data": { "users": { "totalCount": 801, "nodes": [{ "id": "1" }] } } }
        """,
        await AnswerAsync(new { and = Enumerable.Range(2, 199).Select(id => new { id = new { neq = id } }).Append<object>(new { name = new { nin = new[] { "x" } } }) }));

    [Fact]
    public async Task As_deep_a_nesting_as_the_limit_is_answered() => JsonText.Check(
        """
        { "data": { "users": { "totalCount": 1, "nodes": [{ "id": "7" }] } } }
        """,
        await AnswerAsync(Nested(16)));

    [Theory]
    [InlineData("in", """{ "data": { "users": { "totalCount": 900, "nodes": [{ "id": "101" }] } } }""")]
    [InlineData("nin", """{ "data": { "users": { "totalCount": 100, "nodes": [{ "id": "1" }] } } }""")]
    public async Task As_many_values_as_the_limit_are_answered(string operation, string expected) => JsonText.Check(
        expected,
        await AnswerAsync(new { id = new Dictionary<string, object> { [operation] = Ids(1_000) } }));

    [Fact]
    public async Task As_long_an_order_as_the_limit_is_answered() => JsonText.Check(
        """
        { "data": { "users": { "totalCount": 1000, "nodes": [{ "id": "1000" }] } } }
        """,
        await fixture.Service.QueryAsync(
            Items, JsonSerializer.Serialize(new { o = Enumerable.Repeat(new { loyaltyTier = (string?)null, id = "DESC" }, 16) })));

    private static IEnumerable<object> Named(int count) => Enumerable.Range(0, count).Select(i => new { name = new { eq = $"{i}" } });

    private static IEnumerable<string> Ids(int count) => Enumerable.Range(101, count).Select(id => $"{id}");

    private static object Nested(int levels)
    {
        object filter = new { id = new { eq = "7" } };
        for (var level = 0; level < levels; level++)
        {
            filter = new Dictionary<string, object> { [level % 2 == 0 ? "or" : "and"] = new[] { filter } };
        }

        return filter;
    }

    private static string Refusal(string message) =>
        $$"""
        {
          "errors": [
            {
              "message": "{{message}}",
              "locations": [{ "line": 1, "column": 52 }],
              "path": ["users"],
              "extensions": { "code": "BAD_USER_INPUT" }
            }
          ],
          "data": { "users": null }
        }
        """;

    private async Task RefusesAsync(object filter, string message) => JsonText.Check(
        Refusal(message.Replace("\"", "\\\"", StringComparison.Ordinal)),
        await fixture.Service.QueryAsync(Count, JsonSerializer.Serialize(new { w = filter })));

    private Task<string> AnswerAsync(object filter) => fixture.Service.QueryAsync(Items, JsonSerializer.Serialize(new { w = filter }));
}
