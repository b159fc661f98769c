using System.Globalization;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Fields of an interface whose objects are of several kinds, below one another: what a source is asked below all of its types alike stands once in the document.
/// </summary>
public sealed class NestedKindTests
{
    private const string Deep =
        """
        --- s0 apollo
        type Query { q: J }
        interface J @key(fields: "id") { id: ID! next: J prev: J }
        type T0 implements J @key(fields: "id") { id: ID! next: J prev: J }
        type T1 implements J @key(fields: "id") { id: ID! next: J prev: J }
        type T2 implements J @key(fields: "id") { id: ID! next: J prev: J }
        type T3 implements J @key(fields: "id") { id: ID! next: J prev: J }
        --- s1 apollo
        type Query { t: T1 }
        type T1 @key(fields: "id") { id: ID! n: Int }
        """;

    private const string Required =
        """
        --- s0 apollo
        interface J @key(fields: "id") { id: ID! }
        interface I @key(fields: "id") { id: ID! i: J }
        type T0 implements I @key(fields: "id") { id: ID! i: J }
        type T1 implements J & I @key(fields: "id") { id: ID! i: J }
        --- s1 apollo
        type Query { q: I }
        type J @key(fields: "id") @interfaceObject { id: ID! }
        type I @key(fields: "id") @interfaceObject { id: ID! i: J @external r: Int @requires(fields: "i { id }") }
        """;

    // What one of the types is asked for besides stands below that type, and what is the same does not.
    [Fact]
    public void What_is_asked_below_one_type_for_more_stands_below_that_one_alone() => PlanTest.Check(
        Deep,
        "{ q { next { id next { id } } ... on T1 { prev { id ... on T1 { n } } } prev { id } } }",
        """
        2 fetches, 2 deep, estimated cost 208
          0 s0
            1 s1 at q.prev

        0 s0, cost 107
          why: s0 serves Query.q
          {
            q {
              __typename
              next {
                __typename
                id
                next {
                  __typename
                  id
                }
              }
              prev {
                __typename
                id
              }
            }
          }

        1 s1 at q.prev after 0, cost 101
          why: s1 serves T1.n; entered by id
          for each T1
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T1 {
                n
              }
            }
          }
        """);

    // Of T0's two slots that one stands by itself which the client sees, and the one that T1 has as well is asked of both.
    [Fact]
    public void What_two_slots_ask_of_all_types_has_one_key() => PlanTest.Check(
        Required,
        "{ q { ... on T0 { i { ... on T1 { r } } } r } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 310
          0 s1
            1 s0 at q
              2 s1 at q.i
              3 s1 at q

        0 s1, cost 102
          why: s1 serves Query.q
          {
            q {
              id
            }
          }

        1 s0 at q after 0, cost 106
          why: s0 serves T0.i, I.i and tells which I each object is; entered by id
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on T0 {
                i {
                  __typename
                  id
                  ... on T1 {
                    i {
                      __typename
                      id
                    }
                  }
                }
              }
              ... on I {
                i_2: i {
                  __typename
                  id
                }
              }
            }
          }

        2 s1 at q.i after 1, in one request with 3, cost 101
          why: s1 serves T1.r; entered by id; carries i { id }
          for each T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, i: ~i { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r
              }
            }
          }

        3 s1 at q after 1, in one request with 2, cost 101
          why: s1 serves I.r; entered by id; carries i { id }
          for each T0|T1
          $representations: [_Any!]! = { __typename: "I", id: ~id, <T0> i: ~i { __typename: "J", id: ~id }, <T1> i: ~i~2 { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on I {
                r
              }
            }
          }
        """);

    // It was written below each of the types, at each level: four to the power of the depth. And it costs as much as is written there: a request, each field, and the leaf.
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(12)]
    public void A_document_grows_as_its_depth_does(int depth)
    {
        var operation = string.Concat(Enumerable.Repeat("next { ", depth)) + "id" + string.Concat(Enumerable.Repeat(" }", depth));
        var plan = PlanTest.Plan(Deep, $"{{ q {{ {operation} }} }}");
        Assert.Equal(
            "query { q {" + string.Concat(Enumerable.Repeat(" __typename next {", depth)) + " __typename id }" + string.Concat(Enumerable.Repeat(" }", depth + 1)),
            Assert.Single(plan.Steps).Document.Text);
        Assert.Equal(100 + 1 + depth + 1, PlanEstimate.Of(plan).Cost);
    }

    // What stands in a fragment once is asked of the source as often as it is spread: 759 characters of the client are 108 KB then, more tokens than clients may send.
    [Fact]
    public void A_document_of_more_tokens_than_clients_may_send_is_verified_like_any_other()
    {
        const string fragment = "fragment F{0} on J {{ ... on A {{ a {{ ...F{1} }} }} ... on B {{ b {{ ...F{1} }} }} ... on C {{ c {{ ...F{1} }} }} }} ";
        var fragments = string.Concat(Enumerable.Range(0, 8).Select(level => string.Format(CultureInfo.InvariantCulture, fragment, level, level + 1)));
        var plan = PlanTest.Plan(
            """
            --- s0 apollo
            type Query { q: J }
            interface J { id: ID! }
            type A implements J { id: ID! a: J }
            type B implements J { id: ID! b: J }
            type C implements J { id: ID! c: J }
            """,
            $"{{ q {{ ...F0 }} }} {fragments}fragment F8 on J {{ id }}");
        var document = new SourceText(Assert.Single(plan.Steps).Document.Text);
        Assert.False(Parser.ParseDocument(document).IsSuccess);
        Assert.True(Parser.ParseDocument(document, ParserOptions.Fetch).IsSuccess);
        Assert.Contains("... on A {\n", PlanPrinter.Print(plan), StringComparison.Ordinal);
    }
}
