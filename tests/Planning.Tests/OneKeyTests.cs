using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>An entity is asked for by one key of its source, where it has several that come at different times.</summary>
public sealed class OneKeyTests
{
    // When c stands at v, too, a can be entered by k0: who is entered by k2 already is not entered by both. (The slot of k0 is there by then and stays empty, so
    // that a plan that calls it otherwise is no other one: mutants are left out.)
    [Fact]
    public void What_a_fetch_that_is_there_serves_besides_needs_no_other_key() => CheckPlan(
        """
        --- a apollo
        type T @key(fields: "k0") @key(fields: "k2") { k0: ID! k2: ID! plain: Int said: Int @external made: Int @requires(fields: "said") }
        --- b apollo
        type Query { v: T @shareable }
        type T @key(fields: "k2") { k2: ID! own: Int }
        --- c apollo
        type Query { v: T @shareable }
        type T @key(fields: "k1") { k1: ID! k0: ID! @shareable said: Int }
        """,
        "{ v { own plain made } }",
        """
        3 fetches, 2 deep, estimated cost 307
          0 b
          1 c
            2 a at v

        0 b, cost 103
          why: b serves Query.v
          {
            v {
              own
              k2
            }
          }

        1 c, cost 102
          why: c serves Query.v
          {
            v {
              said
            }
          }

        2 a at v after 0, 1, cost 102
          why: a serves T.plain, T.made; entered by k2; carries said
          for each T
          $representations: [_Any!]! = { __typename, k2: ~k2, said: ~said }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                plain
                made
              }
            }
          }
        """);

    private static void CheckPlan(string sources, string operation, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(PlanTest.Plan(sources, operation)).Trim());
}
