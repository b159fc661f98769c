using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Ways in which federated plans go wrong elsewhere, one test or more for each. Pitfall 15: writes, and fetches that wait for each other.</summary>
public sealed class PitfallOrderTests
{
    [Fact]
    public void Pitfall_15_a_shared_mutation_runs_once() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart @key(fields: "id") { id: ID! count: Int }
        --- b apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart @key(fields: "id") { id: ID! total: Int best: Cart }
        """,
        "mutation { add { count total best { count total } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 208
          0 b
            1 a at add.best
            2 a at add

        0 b, cost 106
          why: b serves Mutation.add
          mutation {
            add {
              total
              best {
                total
                id
              }
              id
            }
          }

        1 a at add.best after 0, in one request with 2, cost 101
          why: a serves Cart.count; entered by id
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                count
              }
            }
          }

        2 a at add after 0, in one request with 1, cost 101
          why: a serves Cart.count; entered by id
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                count
              }
            }
          }
        """);

    // To ask b for its part would be to add once more.
    [Fact]
    public void Pitfall_15_what_only_the_second_run_of_a_shared_mutation_could_give_is_an_error() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart { count: Int }
        --- b apollo
        type Query { x: Int }
        type Mutation { add: Cart }
        type Cart { total: Int }
        """,
        "mutation { add { count total } }",
        """
        1 fetch, 1 deep, estimated cost 102
          0 a

        0 a, cost 102
          why: a serves Mutation.add
          mutation {
            add {
              count
            }
          }

        null with an error: Cart.total on Cart
          No source can give Cart.total at Cart.total: b has no lookup for Cart.
        """);

    // Of b is asked twice, since fee needs what comes of total: neither in one fetch nor in one request.
    [Fact]
    public void Pitfall_15_a_fetch_joins_no_fetch_that_it_waits_for() => PlanTest.Check(
        """
        --- a apollo
        type Query { cart: Cart }
        type Cart @key(fields: "id") { id: ID! }
        --- b apollo
        type Cart @key(fields: "id") { id: ID! total: Int discount: Int @external fee: Int @requires(fields: "discount") }
        --- c apollo
        type Cart @key(fields: "id") { id: ID! total: Int @external discount: Int @requires(fields: "total") }
        """,
        "{ cart { total fee } }",
        """
        4 fetches, 4 deep, estimated cost 405
          0 a
            1 b at cart
              2 c at cart
                3 b at cart

        0 a, cost 102
          why: a serves Query.cart
          {
            cart {
              id
            }
          }

        1 b at cart after 0, cost 101
          why: b serves Cart.total; entered by id
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                total
              }
            }
          }

        2 c at cart after 1, cost 101
          why: c serves Cart.discount; entered by id; carries total
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id, total }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                discount
              }
            }
          }

        3 b at cart after 2, cost 101
          why: b serves Cart.fee; entered by id; carries discount
          for each Cart
          $representations: [_Any!]! = { __typename, id: ~id, discount: ~discount }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cart {
                fee
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_15_writes_keep_their_order_where_it_costs_a_request() => PlanTest.Check(
        """
        --- a apollo
        type Query { x: Int }
        type Mutation { add: Int }
        --- b apollo
        type Mutation { clear: Int }
        """,
        "mutation { add clear again: add }",
        """
        3 fetches, 3 deep, estimated cost 303
          0 a
            1 b
              2 a

        0 a, cost 101
          why: a serves Mutation.add
          mutation {
            add
          }

        1 b after 0, cost 101
          why: b serves Mutation.clear
          mutation {
            clear
          }

        2 a after 1, cost 101
          why: a serves Mutation.add
          mutation {
            again: add
          }
        """);
}
