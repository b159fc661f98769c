using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Where several fields lead to <c>Query</c> again, what is asked of it is the same for all of them: a source is asked once.</summary>
public sealed class RootAgainTests
{
    private const string Items =
        """
        --- a apollo
        type Query { items: [Item] }
        type Mutation { one: Payload two: Payload }
        type Payload { query: Query }
        union Item = Book | Film
        type Book @key(fields: "id") { id: ID! query: Query pages: Pages }
        type Film @key(fields: "id") { id: ID! query: Query }
        type Pages { query: Query }
        --- b apollo
        type Query { now: Int day(in: String): Day }
        type Day { name: String! number: Int! }
        type Book @key(fields: "id") { id: ID! next: Book }
        --- c apollo
        type Book @key(fields: "id") { id: ID! previous: Book }
        """;

    [Fact]
    public void What_each_kind_asks_of_Query_is_asked_once_where_it_is_the_same() => PlanTest.Check(
        Items,
        "query($in: String) { items { ... on Book { query { now day(in: $in) { name } } } ... on Film { query { now day(in: $in) { name } } } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 271
          0 a
            1 b at items[].query
            2 b at items[].query

        0 a, cost 111
          why: a serves Query.items
          {
            items {
              __typename
              ... on Book {
                query {
                  __typename
                }
              }
              ... on Film {
                query {
                  __typename
                }
              }
            }
          }

        1 b at items[].query after 0, in one request with 2, cost 130
          why: b serves Query.now, Query.day; entered by Query, which stands here
          query ($in: String) {
            now
            day(in: $in) {
              name
            }
          }

        2 b at items[].query after 0, in one request with 1, cost 130
          why: b serves Query.now, Query.day; entered by Query, which stands here
          query ($in: String) {
            now
            day(in: $in) {
              name
            }
          }
        """);

    // Below other fields, and by other keys in the answer: in which step it is read. The last one has nothing that waits for it, and waits for a later one.
    [Theory]
    [InlineData("{ items { ... on Book { query { now } pages { query { now } } } ... on Film { again: query { now } } } }", "0 a, 1+2+3 b")]
    [InlineData("{ items { ... on Book { query { now } next { previous { pages { query { now } } } } } } }", "0 a, 1+5 b, 2 b, 3 c, 4 a")]
    [InlineData("{ items { ... on Book { query { now day { name } } } ... on Film { query { items { __typename } now day { name } } } } }", "0 a, 1+2 b")]
    // Not the same: other fields, other arguments, another key in the answer.
    [InlineData("{ items { ... on Book { query { now } } ... on Film { query { now day { name } } } } }", "0 a, 1 b, 2 b")]
    [InlineData("{ items { ... on Book { query { day(in: \"x\") { name } } } ... on Film { query { day(in: \"y\") { name } } } } }", "0 a, 1 b, 2 b")]
    [InlineData("{ items { ... on Book { query { now } } ... on Film { query { later: now } } } }", "0 a, 1 b, 2 b")]
    // Each write is read for itself. What is at the root is no part of it.
    [InlineData("mutation { one { query { now } again: query { now } } two { query { now } } }", "0 a, 1+2 b, 3 a, 4 b")]
    [InlineData("{ now items { ... on Book { query { now } } } }", "0 b, 1 a, 2 b")]
    public void Fetches_that_are_one_request(string operation, string requests)
    {
        var plan = PlanTest.Plan(Items, operation);
        Assert.Equal(requests, string.Join(", ", plan.Steps.GroupBy(step => step.Request ?? step.Id)
            .Select(steps => $"{string.Join('+', steps.Select(step => step.Id))} {steps.First().Source.Name}")));
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    [Theory]
    [InlineData("{ items { ... on Book { query { now } } ... on Film { query { now day { name } } } } }", 1, 2, "request 1: it does not ask what step 2 asks")]
    [InlineData("{ now items { ... on Book { query { now } } } }", 0, 2, "request 0: step 0 asks the root")]
    public void The_verifier_finds_root_fetches_that_cannot_be_one(string operation, int first, int second, string problem)
    {
        var plan = PlanTest.Plan(Items, operation);
        var mutant = PlanMutants.With(plan, [.. plan.Steps.Select(step => step.Id == first || step.Id == second ? step with { Request = first } : step)]);
        Assert.Contains(problem, PlanVerifier.Verify(mutant));
    }
}
