using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Objects that several fetches bring, or that one brings before it is known of which of them more is asked.</summary>
public sealed class BroughtTogetherTests
{
    // Differential, seed 161807653: both ask for parts by the same key, so where the one was not sent there are none, and the key that it gives is there.
    [Fact]
    public void A_key_is_there_where_whoever_else_brings_the_objects_was_asked_by_the_same_keys()
    {
        var plan = PlanTest.Plan(
            """
            --- home apollo
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key"])
            type Query { e: T }
            type T @key(fields: "sku") { sku: String }
            --- one apollo
            type Query { a: Int }
            extend type T @key(fields: "id") @key(fields: "sku") @key(fields: "code") { id: ID! @external sku: String @external code: String! @external parts: [P] n: Int }
            extend type P @key(fields: "id") @key(fields: "id sku") { id: ID! @external sku: String! @external like: P size: Int @external c(n: Int): String @requires(fields: "size") }
            --- two apollo
            extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@external", "@shareable"])
            type P @key(fields: "id sku") @key(fields: "id") { id: ID! sku: String! size: Int kid: K c(n: Int): String @external d: String @requires(fields: "c(n: 0)") }
            type T @key(fields: "sku") @key(fields: "id") { id: ID! sku: String parts: [P] @shareable g: Int }
            type K { k: Int }
            """,
            "{ e { g parts { kid { k } d like { d } } n code } }");
        Assert.Equal(
            """
            0 home serves Query.e
            1 one serves T.n, T.code, T.parts; entered by sku
            2 two serves T.g, T.parts; entered by sku
            3 one serves P.c; entered by id; carries size
            4 two serves P.d; entered by id sku; carries c(n: 0)
            5 two serves P.size; entered by id sku
            6 one serves P.c; entered by id; carries size
            7 two serves P.d; entered by id sku; carries c(n: 0)
            """,
            string.Join('\n', plan.Steps.Select(step => $"{step.Id} {step.Reason}")));
    }

    // The far ones of all parts were there before it was told which are wheels; a key that clients see is asked of those of wheels alone, by who waits for that.
    [Fact]
    public void A_key_that_clients_see_below_objects_that_are_there_waits_for_the_types_above() => PlanTest.Check(
        """
        --- home apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key"])
        interface Part @key(fields: "id") { id: ID! size: Int }
        type Wheel implements Part @key(fields: "id") { id: ID! size: Int }
        type Frame implements Part @key(fields: "id") { id: ID! size: Int }
        --- stock apollo
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires", "@external", "@interfaceObject"])
        type Query { parts: [Part] }
        type Part @key(fields: "id") @interfaceObject { id: ID! size: Int @external near: [Part] price: Int @requires(fields: "size") }
        """,
        "{ parts { near { near { __typename } } ... on Wheel { near { far: near { id price } } } } }",
        """
        7 fetches in 5 requests, 5 deep, estimated cost 5931
          0 stock
            1 home at parts[].near[].near[]
            2 home at parts[].near[].near[]
            3 home at parts[]
              4 stock at parts[].near[]
                5 home at parts[].near[].far[]
                  6 stock at parts[].near[].far[]

        0 stock, cost 2431
          why: stock serves Query.parts
          {
            parts {
              near {
                near {
                  id
                }
                id
              }
              near_2: near {
                near {
                  id
                }
              }
              id
            }
          }

        1 home at parts[].near[].near[] after 0, in one request with 2, 3, cost 100
          why: home tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 home at parts[].near[].near[] after 0, in one request with 1, 3, cost 100
          why: home tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        3 home at parts[] after 0, in one request with 1, 2, cost 100
          why: home tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        4 stock at parts[].near[] after 3, cost 1200
          why: stock serves Part.near; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                far: near {
                  id
                }
              }
            }
          }

        5 home at parts[].near[].far[] after 4, cost 1100
          why: home serves Part.size and tells which Part each object is; entered by id
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Part {
                size
              }
            }
          }

        6 stock at parts[].near[].far[] after 5, cost 1100
          why: stock serves Part.price; entered by id; carries size
          for each Wheel|Frame
          $representations: [_Any!]! = { __typename: "Part", id, size: ~size }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Part {
                price
              }
            }
          }
        """);
}
