using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is required below a field that gives an interface or a union: of the types that the source which answers it knows, however often it
/// is required, and with their names where somebody has told them.
/// </summary>
public sealed class ToldTypesTests
{
    // The shop knows one more kind of plant than the garden that gives them.
    private const string Shop =
        """
        --- garden apollo
        type Query { bed: Bed }
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! }
        type Bed @key(fields: "id") { id: ID! plants: [Plant] }
        --- shop apollo
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! }
        type Fern implements Plant @key(fields: "id") { id: ID! }
        type Bed @key(fields: "id") { id: ID! plants: [Plant] @external price: Int @requires(fields: "plants { id }") weight: Int @requires(fields: "plants { id }") }
        """;

    private const string Parks =
        """
        --- map apollo
        type Query { park: Park }
        type Park @key(fields: "id") { id: ID! spot: Spot }
        type Spot @shareable { plant: Plant! }
        type Plant @key(fields: "id") @interfaceObject { id: ID! }
        --- care apollo
        interface Plant @key(fields: "id") { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! }
        type Fern implements Plant @key(fields: "id") { id: ID! }
        type Spot @shareable { plant: Plant! }
        type Park @key(fields: "id") { id: ID! spot: Spot @external hours: Int @requires(fields: "spot { plant { ... on Rose { id } ... on Fern { id } } }") }
        """;

    [Fact]
    public void Two_fields_require_the_same_below_an_interface() => PlanTest.Check(
        Shop, "{ bed { price weight } }",
        """
        2 fetches, 2 deep, estimated cost 215
          0 garden
            1 shop at bed

        0 garden, cost 113
          why: garden serves Query.bed
          {
            bed {
              plants {
                __typename
                id
              }
              id
            }
          }

        1 shop at bed after 0, cost 102
          why: shop serves Bed.price, Bed.weight; entered by id; carries plants { id }
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id, plants: ~plants[] { __typename, id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                price
                weight
              }
            }
          }
        """);

    [Fact]
    public void A_field_requires_what_the_client_selected_below_an_interface() => PlanTest.Check(
        Shop, "{ bed { plants { id } a: price b: price } }",
        """
        2 fetches, 2 deep, estimated cost 215
          0 garden
            1 shop at bed

        0 garden, cost 113
          why: garden serves Query.bed
          {
            bed {
              plants {
                __typename
                id
              }
              id
            }
          }

        1 shop at bed after 0, cost 102
          why: shop serves Bed.price; entered by id; carries plants { id }
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id, plants: plants[] { __typename, id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                a: price
                b: price
              }
            }
          }
        """);

    [Fact]
    public void A_member_of_a_union_that_another_source_adds_is_not_asked_for_twice() => PlanTest.Check(
        """
        --- tools
        type Query { kit: Kit kitById(id: ID!): Kit @lookup @internal }
        union Part = Screw
        type Screw { size: Int }
        type Kit @key(fields: "id") { id: ID! part: Part! }
        --- store
        type Query { storedKit(id: ID!): Kit @lookup @internal }
        type Kit @key(fields: "id") { id: ID! mass: Int shelf(mass: Int @require(field: "part<Kit>.mass")): Int }
        --- ideas
        type Query { idea: Part }
        union Part = Kit
        type Kit @key(fields: "id") { id: ID! }
        """,
        "{ kit { a: shelf b: shelf } }",
        """
        2 fetches, 2 deep, estimated cost 205
          0 tools
            1 store at kit

        0 tools, cost 103
          why: tools serves Query.kit
          {
            kit {
              part {
                __typename
              }
              id
            }
          }

        1 store at kit after 0, cost 102
          why: store serves Kit.shelf; entered by id; carries part { ... on Kit { mass } }
          for each Kit
          $__gg_1_id: ID! = ~id
          $__gg_2_mass: Int or null = ~part { <Kit> ~mass }
          query ($__gg_1_id: ID!, $__gg_2_mass: Int) {
            storedKit(id: $__gg_1_id) {
              a: shelf(mass: $__gg_2_mass)
              b: shelf(mass: $__gg_2_mass)
            }
          }
        """);

    [Fact]
    public void Types_are_told_before_a_source_is_sent_them() => PlanTest.Check(
        Parks, "{ park { hours } }",
        """
        3 fetches, 3 deep, estimated cost 306
          0 map
            1 care at park.~spot.~plant
              2 care at park

        0 map, cost 105
          why: map serves Query.park
          {
            park {
              spot {
                plant {
                  id
                }
              }
              id
            }
          }

        1 care at park.~spot.~plant after 0, cost 100
          why: care tells which Plant each object is; entered by id
          for each Rose|Fern
          $representations: [_Any!]! = { __typename: "Plant", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        2 care at park after 1, cost 101
          why: care serves Park.hours; entered by id; carries spot { plant { ... on Rose { id } ... on Fern { id } } }
          for each Park
          $representations: [_Any!]! = { __typename, id: ~id, spot: ~spot { plant: ~plant { __typename, id: ~id } } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Park {
                hours
              }
            }
          }
        """);

    [Fact]
    public void The_step_that_tells_the_types_for_a_requirement_gives_the_clients_fields_too() => PlanTest.Check(
        Parks, "{ park { hours spot { plant { ... on Rose { id } } } } }",
        """
        3 fetches, 3 deep, estimated cost 307
          0 map
            1 care at park.spot.plant
              2 care at park

        0 map, cost 105
          why: map serves Query.park
          {
            park {
              spot {
                plant {
                  id
                }
              }
              id
            }
          }

        1 care at park.spot.plant after 0, cost 101
          why: care serves Rose.id and tells which Plant each object is; entered by id
          for each Rose|Fern
          $representations: [_Any!]! = { __typename: "Plant", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Rose {
                id
              }
            }
          }

        2 care at park after 1, cost 101
          why: care serves Park.hours; entered by id; carries spot { plant { ... on Rose { id } ... on Fern { id } } }
          for each Park
          $representations: [_Any!]! = { __typename, id: ~id, spot: spot { plant: plant { __typename, id: ~id } } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Park {
                hours
              }
            }
          }
        """);

    [Fact]
    public void A_type_condition_of_a_requirement_names_types_that_the_own_source_does_not_have_there() => PlanTest.Check(
        """
        --- garden apollo
        type Query { bed: Bed }
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! }
        type Fern implements Plant @key(fields: "id") { id: ID! age: Int }
        type Bed @key(fields: "id") { id: ID! best: Plant }
        --- shop apollo
        interface Plant { id: ID! }
        type Rose implements Plant @key(fields: "id") { id: ID! }
        type Fern @key(fields: "id") { id: ID! age: Int @external }
        type Bed @key(fields: "id") { id: ID! best: Plant @external price: Int @requires(fields: "best { id ... on Fern { age } }") }
        """,
        "{ bed { price } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 garden
            1 shop at bed

        0 garden, cost 105
          why: garden serves Query.bed
          {
            bed {
              best {
                __typename
                id
                ... on Fern {
                  age
                }
              }
              id
            }
          }

        1 shop at bed after 0, cost 101
          why: shop serves Bed.price; entered by id; carries best { id ... on Fern { age } }
          for each Bed
          $representations: [_Any!]! = { __typename, id: ~id, best: ~best { __typename, id: ~id, <Fern> age: ~age } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Bed {
                price
              }
            }
          }
        """);

    [Fact]
    public void A_field_of_an_interface_that_an_implementation_narrows_gives_keys_of_all_its_objects() => PlanTest.Check(
        """
        --- garden apollo
        type Query { plants: [Plant] }
        interface Plant @key(fields: "id") { id: ID! near: [Plant] }
        type Rose implements Plant @key(fields: "id") { id: ID! near: [Plant] }
        type Fern implements Plant @key(fields: "id") { id: ID! near: [Rose] }
        --- guide apollo
        type Plant @key(fields: "id") @interfaceObject { id: ID! stars: Int }
        """,
        "{ plants { near { stars } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 511
          0 garden
            1 guide at plants[].near[]
            2 guide at plants[].near[]

        0 garden, cost 211
          why: garden serves Query.plants
          {
            plants {
              __typename
              ... on Rose {
                near {
                  __typename
                  id
                }
              }
              ... on Fern {
                near {
                  id
                }
              }
            }
          }

        1 guide at plants[].near[] after 0, in one request with 2, cost 200
          why: guide serves Plant.stars; entered by id
          for each Rose|Fern
          $representations: [_Any!]! = { __typename: "Plant", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Plant {
                stars
              }
            }
          }

        2 guide at plants[].near[] after 0, in one request with 1, cost 200
          why: guide serves Plant.stars; entered by id
          for each Rose
          $representations: [_Any!]! = { __typename: "Plant", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Plant {
                stars
              }
            }
          }
        """);

    [Fact]
    public void Alternatives_without_a_value_are_none() => PlanTest.Check(
        """
        --- library
        type Query { loan: Loan loanById(id: ID!): Loan @lookup @internal }
        interface Item { id: ID! }
        type Book implements Item { id: ID! isbn: String }
        type Film implements Item { id: ID! code: String }
        type Loan @key(fields: "id") { id: ID! item: Item }
        --- fees
        type Query { feeOf(id: ID!): Loan @lookup @internal }
        input ItemRef @oneOf { book: String film: String }
        type Loan @key(fields: "id") { id: ID! fee(item: ItemRef! @require(field: "{ book: item<Book>.isbn } | { film: item<Film>.code }")): Int }
        """,
        "{ loan { fee } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 library
            1 fees at loan

        0 library, cost 105
          why: library serves Query.loan
          {
            loan {
              item {
                __typename
                ... on Book {
                  isbn
                }
                ... on Film {
                  code
                }
              }
              id
            }
          }

        1 fees at loan after 0, cost 101
          why: fees serves Loan.fee; entered by id; carries item { ... on Book { isbn } } item { ... on Film { code } }
          for each Loan
          $__gg_1_id: ID! = ~id
          $__gg_2_item: ItemRef! = { book: ~item { <Book> ~isbn } } | { film: ~item { <Film> ~code } }
          query ($__gg_1_id: ID!, $__gg_2_item: ItemRef!) {
            feeOf(id: $__gg_1_id) {
              fee(item: $__gg_2_item)
            }
          }
        """);
}
