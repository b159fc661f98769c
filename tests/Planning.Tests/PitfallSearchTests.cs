using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Ways in which federated plans go wrong elsewhere, one test or more for each. Pitfalls 1 to 6: what to fetch where, and what has to be known first.</summary>
public sealed class PitfallSearchTests
{
    [Fact]
    public void Pitfall_01_the_cheapest_path_of_each_leaf_would_add_a_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String }
        --- c apollo
        type User @key(fields: "id") { id: ID! name: String age: Int }
        """,
        "{ me { name age } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 c at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 c at me after 0, cost 102
          why: c serves User.name, User.age; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
                age
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_02_a_field_left_to_a_source_that_is_asked_anyway_saves_a_fetch() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! favorite: Product }
        type Product @key(fields: "sku") { sku: ID! }
        --- b apollo
        type User @key(fields: "id") { id: ID! age: Int favorite: Product }
        type Product @key(fields: "sku") { sku: ID! title: String }
        """,
        "{ me { age favorite { title } } }",
        """
        2 fetches, 2 deep, estimated cost 205
          0 a
            1 b at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 b at me after 0, cost 103
          why: b serves User.age, User.favorite; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                age
                favorite {
                  title
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_03_typename_is_asked_of_abstract_positions_only_and_costs_no_decision() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User found: [Found] }
        type User @key(fields: "id") { id: ID! }
        union Found = User | Page
        type Page { url: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! name: String }
        """,
        "{ __typename me { __typename } found { __typename kind: __typename ... on User { __typename name } } }",
        """
        2 fetches, 2 deep, estimated cost 222
          0 a
            1 b at found[]

        0 a, cost 112
          why: a serves Query.me, Query.found
          {
            me {
              __typename
            }
            found {
              __typename
              ... on User {
                id
              }
            }
          }

        1 b at found[] after 0, cost 110
          why: b serves User.name; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                name
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_04_requirements_in_a_circle_end_as_errors_not_as_loops() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! name: String }
        --- b apollo
        type User @key(fields: "id") { id: ID! y: Int @external x: Int @requires(fields: "y") }
        --- c apollo
        type User @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }
        """,
        "{ me { name x } }",
        """
        1 fetch, 1 deep, estimated cost 102
          0 a

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              name
            }
          }

        null with an error: User.x on User
          No source can give User.x at User.x: b cannot be entered, since what its lookup or the field requires is not known here; c has it as external.
        """);

    // c would be entered sooner than d, and gives y to who has x, which is what b needs y for.
    [Fact]
    public void Pitfall_04_what_a_requirement_needs_is_not_sought_through_itself() => PlanTest.Check(
        """
        --- a apollo
        type Query { me: User }
        type User @key(fields: "id") { id: ID! }
        --- b apollo
        type User @key(fields: "id") { id: ID! y: Int @external x: Int @requires(fields: "y") }
        --- c apollo
        type User @key(fields: "id") { id: ID! x: Int @external y: Int @requires(fields: "x") }
        --- d apollo
        type User @key(fields: "code") { code: Int y: Int }
        --- e apollo
        type User @key(fields: "id") { id: ID! code: Int }
        """,
        "{ me { x } }",
        """
        4 fetches, 4 deep, estimated cost 405
          0 a
            1 e at me
              2 d at me
                3 b at me

        0 a, cost 102
          why: a serves Query.me
          {
            me {
              id
            }
          }

        1 e at me after 0, cost 101
          why: e serves User.code; entered by id
          for each User
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                code
              }
            }
          }

        2 d at me after 1, cost 101
          why: d serves User.y; entered by code
          for each User
          $representations: [_Any!]! = { __typename, code: ~code }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                y
              }
            }
          }

        3 b at me after 2, cost 101
          why: b serves User.x; entered by id; carries y
          for each User
          $representations: [_Any!]! = { __typename, id: ~id, y: ~y }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on User {
                x
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_04_requirements_chain_over_sources() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! price: Int }
        --- b apollo
        type Product @key(fields: "id") { id: ID! price: Int @external hasDiscount: Boolean @requires(fields: "price") }
        --- c apollo
        type Product @key(fields: "id") { id: ID! hasDiscount: Boolean @external isExpensive: Boolean @requires(fields: "hasDiscount") }
        --- d apollo
        type Product @key(fields: "id") { id: ID! isExpensive: Boolean @external canAfford: Boolean @requires(fields: "isExpensive") }
        """,
        "{ product { canAfford } }",
        """
        4 fetches, 4 deep, estimated cost 406
          0 a
            1 b at product
              2 c at product
                3 d at product

        0 a, cost 103
          why: a serves Query.product
          {
            product {
              price
              id
            }
          }

        1 b at product after 0, cost 101
          why: b serves Product.hasDiscount; entered by id; carries price
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                hasDiscount
              }
            }
          }

        2 c at product after 1, cost 101
          why: c serves Product.isExpensive; entered by id; carries hasDiscount
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, hasDiscount: ~hasDiscount }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                isExpensive
              }
            }
          }

        3 d at product after 2, cost 101
          why: d serves Product.canAfford; entered by id; carries isExpensive
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, isExpensive: ~isExpensive }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                canAfford
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_05_one_required_field_with_different_arguments_needs_two_representations() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! price(currency: String): Int }
        --- b apollo
        type Product @key(fields: "id") {
          id: ID!
          price(currency: String): Int @external
          inEuro: Int @requires(fields: "price(currency: \"EUR\")")
          inDollar: Int @requires(fields: "price(currency: \"USD\")")
        }
        """,
        "{ product { inEuro inDollar } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 206
          0 a
            1 b at product
            2 b at product

        0 a, cost 104
          why: a serves Query.product
          {
            product {
              price(currency: "EUR")
              id
              price_2: price(currency: "USD")
            }
          }

        1 b at product after 0, in one request with 2, cost 101
          why: b serves Product.inEuro; entered by id; carries price(currency: "EUR")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                inEuro
              }
            }
          }

        2 b at product after 0, in one request with 1, cost 101
          why: b serves Product.inDollar; entered by id; carries price(currency: "USD")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: ~price~2 }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                inDollar
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_06_a_required_field_that_the_client_selects_under_another_alias_is_read_from_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { product: Product }
        type Product @key(fields: "id") { id: ID! sku: String weight(unit: String): Int price: Int }
        --- b apollo
        type Product @key(fields: "id") {
          id: ID!
          weight(unit: String): Int @external
          price: Int @external
          shipping: Int @requires(fields: "price weight(unit: \"g\")")
        }
        """,
        "{ product { id: sku cost: price weight(unit: \"kg\") shipping } }",
        """
        2 fetches, 2 deep, estimated cost 207
          0 a
            1 b at product

        0 a, cost 106
          why: a serves Query.product
          {
            product {
              id: sku
              cost: price
              weight(unit: "kg")
              weight_2: weight(unit: "g")
              id_2: id
            }
          }

        1 b at product after 0, cost 101
          why: b serves Product.shipping; entered by id; carries price weight(unit: "g")
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id, price: cost, weight: ~weight }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                shipping
              }
            }
          }
        """);
}
