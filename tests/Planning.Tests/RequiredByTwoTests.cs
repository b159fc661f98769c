using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What two fields of one source, or of two, require of the same object: it is asked for once, and with what each of them needs.</summary>
public sealed class RequiredByTwoTests
{
    private const string WithTypesLater =
        """
        --- home apollo
        type Query { q: T }
        interface J @key(fields: "id") { id: ID! }
        type T implements J @key(fields: "id") { id: ID! n: Int @external made: J @external r: Int @requires(fields: "made { id } n") }
        type U implements J @key(fields: "id") { id: ID! }
        --- a apollo
        type J @key(fields: "id") @interfaceObject { id: ID! i: J n: Int @external made: J @requires(fields: "n") }
        --- b apollo
        type J @key(fields: "id") @interfaceObject { id: ID! n: Int i: J @external made: J @external other: Int @requires(fields: "i { id } made { id }") }
        """;

    // b takes objects below made by the name of their interface, home by their own names.
    [Fact]
    public void What_one_source_takes_without_types_and_another_one_with_them_waits_for_them_there() => PlanTest.Check(
        WithTypesLater,
        "{ q { r other n } }",
        """
        6 fetches, 5 deep, estimated cost 609
          0 home
            1 b at q
              2 a at q
                3 b at q
                4 home at q.~made
                  5 home at q

        0 home, cost 102
          why: home serves Query.q
          {
            q {
              id
            }
          }

        1 b at q after 0, cost 101
          why: b serves T.n; entered by id
          for each T
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                n
              }
            }
          }

        2 a at q after 1, cost 104
          why: a serves T.i, T.made; entered by id; carries n
          for each T
          $representations: [_Any!]! = { __typename: "J", id: ~id, n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                i {
                  id
                }
                made {
                  id
                }
              }
            }
          }

        3 b at q after 2, cost 101
          why: b serves T.other; entered by id; carries i { id } made { id }
          for each T
          $representations: [_Any!]! = { __typename: "J", id: ~id, i: ~i { __typename: "J", id: ~id }, made: ~made { __typename: "J", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on J {
                other
              }
            }
          }

        4 home at q.~made after 2, cost 100
          why: home tells which J each object is; entered by id
          for each T|U
          $representations: [_Any!]! = { __typename: "J", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }

        5 home at q after 4, cost 101
          why: home serves T.r; entered by id; carries made { id } n
          for each T
          $representations: [_Any!]! = { __typename, id: ~id, made: ~made { __typename, id: ~id }, n }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on T {
                r
              }
            }
          }
        """);

    // Differential, seed 173209058: the one was read like the other.
    [Fact]
    public void A_list_of_one_type_and_an_object_of_another_that_have_the_same_name_are_each_read_as_what_they_are() => PlanTest.Check(
        """
        --- home apollo
        type Query { items: [Item] }
        interface Item { id: ID! }
        type Book implements Item @key(fields: "id") { id: ID! }
        type Film implements Item @key(fields: "id") { id: ID! }
        --- stock apollo
        type Book @key(fields: "id") { id: ID! part: [Part] }
        type Film @key(fields: "id") { id: ID! part: Part }
        type Part { n: Int }
        --- shop apollo
        type Book @key(fields: "id") { id: ID! part: [Part] @external made: String @requires(fields: "part { n }") }
        type Film @key(fields: "id") { id: ID! part: Part @external made: String @requires(fields: "part { n }") }
        type Part { n: Int @external }
        """,
        "{ items { ... on Book { made } ... on Film { made } } }",
        """
        3 fetches, 3 deep, estimated cost 461
          0 home
            1 stock at items[]
              2 shop at items[]

        0 home, cost 111
          why: home serves Query.items
          {
            items {
              __typename
              id
            }
          }

        1 stock at items[] after 0, cost 230
          why: stock serves Book.part, Film.part; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Book {
                part {
                  n
                }
              }
              ... on Film {
                part_2: part {
                  n
                }
              }
            }
          }

        2 shop at items[] after 1, cost 120
          why: shop serves Book.made, Film.made; entered by id; carries part { n }
          for each Book|Film
          $representations: [_Any!]! = { __typename, id: ~id, <Book> part: ~part[] { n: ~n }, <Film> part: ~part~2 { n: ~n } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Book {
                made
              }
              ... on Film {
                made
              }
            }
          }
        """);
}
