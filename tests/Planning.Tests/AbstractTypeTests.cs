using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Interfaces and unions whose sources differ.</summary>
public sealed class AbstractTypeTests
{
    [Fact]
    public void An_interface_field_is_split_by_type_only_where_the_sources_diverge() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: [Media] }
        interface Media { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String @external }
        type Song implements Media @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Film @key(fields: "id") { id: ID! title: String }
        """,
        "{ media { id title } }",
        """
        2 fetches, 2 deep, estimated cost 231
          0 a
            1 b at media[]

        0 a, cost 121
          why: a serves Query.media
          {
            media {
              __typename
              id
              ... on Book {
                title
              }
              ... on Song {
                title
              }
            }
          }

        1 b at media[] after 0, cost 110
          why: b serves Media.title; entered by id
          for each Film
          $representations: [_Any!]! = { __typename, id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Film {
                title
              }
            }
          }
        """);

    [Fact]
    public void A_type_condition_on_an_interface_that_the_source_does_not_have_is_written_type_by_type() => PlanTest.Check(
        """
        --- a apollo
        type Query { found: [Found] }
        union Found = Book | Film | Page
        type Book { title: String }
        type Film { title: String }
        type Page { url: String }
        --- b apollo
        type Query { titled: [Titled] }
        interface Titled { title: String }
        type Book implements Titled { title: String }
        type Film implements Titled { title: String }
        """,
        "{ found { ... on Titled { title } } titled { title } }",
        """
        2 fetches, 1 deep, estimated cost 222
          0 a
          1 b

        0 a, cost 111
          why: a serves Query.found
          {
            found {
              __typename
              ... on Book {
                title
              }
              ... on Film {
                title
              }
            }
          }

        1 b, cost 111
          why: b serves Query.titled
          {
            titled {
              __typename
              title
            }
          }
        """);

    [Fact]
    public void What_is_provided_on_an_abstract_type_holds_for_the_types_that_it_names() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: [Media] @provides(fields: "... on Book { title }") }
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! title: String @external }
        type Film implements Media @key(fields: "id") { id: ID! title: String @external }
        --- b apollo
        type Book @key(fields: "id") { id: ID! title: String }
        type Film @key(fields: "id") { id: ID! title: String }
        """,
        "{ media { ... on Book { title } ... on Film { title } } }",
        """
        2 fetches, 2 deep, estimated cost 231
          0 a
            1 b at media[]

        0 a, cost 121
          why: a serves Query.media
          {
            media {
              __typename
              ... on Book {
                title
              }
              ... on Film {
                id
              }
            }
          }

        1 b at media[] after 0, cost 110
          why: b serves Film.title; entered by id
          for each Film
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Film {
                title
              }
            }
          }
        """);

    [Fact]
    public void A_requirement_with_fragments_carries_what_each_type_has() => PlanTest.Check(
        """
        --- a apollo
        type Query { order: Order }
        type Order @key(fields: "id") { id: ID! item: Item }
        interface Item { name: String }
        type Book implements Item { name: String pages: Int }
        type Film implements Item { name: String minutes: Int }
        --- b apollo
        type Order @key(fields: "id") { id: ID! item: Item @external weight: Int @requires(fields: "item { name ... on Book { pages } ... on Film { minutes } }") }
        interface Item { name: String @external }
        type Book implements Item { name: String @external pages: Int @external }
        type Film implements Item { name: String @external minutes: Int @external }
        """,
        "{ order { weight } }",
        """
        2 fetches, 2 deep, estimated cost 207
          0 a
            1 b at order

        0 a, cost 106
          why: a serves Query.order
          {
            order {
              item {
                __typename
                name
                ... on Book {
                  pages
                }
                ... on Film {
                  minutes
                }
              }
              id
            }
          }

        1 b at order after 0, cost 101
          why: b serves Order.weight; entered by id; carries item { name ... on Book { pages } ... on Film { minutes } }
          for each Order
          $representations: [_Any!]! = { __typename, id: ~id, item: ~item { __typename, name: ~name, <Book> pages: ~pages, <Film> minutes: ~minutes } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Order {
                weight
              }
            }
          }
        """);

    [Fact]
    public void A_requirement_reads_a_visible_field_and_adds_what_is_hidden_below_it() => PlanTest.Check(
        """
        --- a
        type Query { order: Order }
        type Order @key(fields: "id") { id: ID! total: Money! }
        type Money { amount: String! currency: String! }
        --- b
        type Query { orderById(id: ID!): Order @lookup }
        type Order @key(fields: "id") { id: ID! due(total: MoneyInput! @require(field: "{ value: total.amount, currency: total.currency }")): String }
        input MoneyInput { value: String! currency: String! }
        """,
        "{ order { sum: total { currency } due } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 a
            1 b at order

        0 a, cost 105
          why: a serves Query.order
          {
            order {
              sum: total {
                currency
                amount
              }
              id
            }
          }

        1 b at order after 0, cost 101
          why: b serves Order.due; entered by id; carries total { amount } total { currency }
          for each Order
          $__gg_1_id: ID! = ~id
          $__gg_2_total: MoneyInput! = { value: sum { ~amount }, currency: sum { currency } }
          query ($__gg_1_id: ID!, $__gg_2_total: MoneyInput!) {
            orderById(id: $__gg_1_id) {
              due(total: $__gg_2_total)
            }
          }
        """);

    [Fact]
    public void A_hidden_field_is_used_for_planning_and_never_shown() => PlanTest.Check(
        """
        --- a
        type Query { user: User }
        type User @key(fields: "key") { key: ID! @inaccessible name: String }
        --- b
        type Query { userByKey(key: ID!): User @lookup }
        type User @key(fields: "key") { key: ID! @inaccessible age: Int }
        """,
        "{ user { name age } }",
        """
        2 fetches, 2 deep, estimated cost 204
          0 a
            1 b at user

        0 a, cost 103
          why: a serves Query.user
          {
            user {
              name
              key
            }
          }

        1 b at user after 0, cost 101
          why: b serves User.age; entered by key
          for each User
          $__gg_1_key: ID! = ~key
          query ($__gg_1_key: ID!) {
            userByKey(key: $__gg_1_key) {
              age
            }
          }
        """);

    [Fact]
    public void A_list_of_lists_and_a_field_selected_twice_are_followed_as_they_are() => PlanTest.Check(
        """
        --- a apollo
        type Query { grid: [[Cell]] }
        type Cell @key(fields: "x y") { x: Int y: Int }
        --- b apollo
        type Cell @key(fields: "x y") { x: Int y: Int value(of: Int): String }
        """,
        "query($n: Int = 2) { grid { x value(of: 1) } again: grid { two: value(of: $n) } }",
        """
        3 fetches, 2 deep, estimated cost 902
          0 a
            1 b at grid[][]
            2 b at again[][]

        0 a, cost 502
          why: a serves Query.grid
          {
            grid {
              x
              y
            }
            again: grid {
              x
              y
            }
          }

        1 b at grid[][] after 0, cost 200
          why: b serves Cell.value; entered by x y
          for each Cell
          $representations: [_Any!]! = { __typename, x, y: ~y }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cell {
                value(of: 1)
              }
            }
          }

        2 b at again[][] after 0, cost 200
          why: b serves Cell.value; entered by x y
          for each Cell
          $representations: [_Any!]! = { __typename, x: ~x, y: ~y }
          query ($representations: [_Any!]!, $n: Int = 2) {
            _entities(representations: $representations) {
              ... on Cell {
                two: value(of: $n)
              }
            }
          }
        """);

    [Fact]
    public void Nobody_can_tell_the_type_so_the_name_is_an_error_and_the_plain_id_still_works() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: Media }
        interface Media @key(fields: "id", resolvable: false) { id: ID! }
        type Book implements Media @key(fields: "id", resolvable: false) { id: ID! }
        --- b apollo
        type Query { top: Media }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }
        """,
        "{ top { __typename id score } }",
        """
        1 fetch, 1 deep, estimated cost 103
          0 b

        0 b, cost 103
          why: b serves Query.top
          {
            top {
              id
              score
            }
          }

        null with an error: Media.__typename on Book
          The objects come from an @interfaceObject, and no source with the interface Media can be entered to tell their type.
        """);

    [Fact]
    public void A_field_of_all_objects_comes_from_the_interface_object_that_has_it_rather_than_type_by_type() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! lent: Boolean @shareable }
        type Film implements Media @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! }
        --- c apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! lent: Boolean @shareable }
        """,
        "{ top { id lent } }",
        """
        2 fetches, 2 deep, estimated cost 221
          0 b
            1 c at top[]

        0 b, cost 111
          why: b serves Query.top
          {
            top {
              id
            }
          }

        1 c at top[] after 0, cost 110
          why: c serves Media.lent; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                lent
              }
            }
          }
        """);

    [Fact]
    public void An_interface_s_own_fields_are_asked_although_no_source_knows_an_object_that_implements_it() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: Media }
        interface Media @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { top: Media }
        type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! score: Int maker: Maker }
        type Maker { name: String }
        """,
        "{ top { id ... { score } maker { name } score } media { id } }",
        """
        2 fetches, 1 deep, estimated cost 206
          0 b
          1 a

        0 b, cost 105
          why: b serves Query.top
          {
            top {
              id
              score
              maker {
                name
              }
            }
          }

        1 a, cost 101
          why: a serves Query.media
          {
            media {
              __typename
            }
          }
        """);

    [Fact]
    public void Nobody_can_tell_a_type_that_no_source_defines() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: Media }
        interface Media @key(fields: "id") { id: ID! }
        --- b apollo
        type Query { top: Media }
        type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
        """,
        "{ top { __typename id } }",
        """
        1 fetch, 1 deep, estimated cost 102
          0 b

        0 b, cost 102
          why: b serves Query.top
          {
            top {
              id
            }
          }

        null with an error: Media.__typename on Media?
          The objects come from an @interfaceObject, and no source with the interface Media can be entered to tell their type.
        """);
}
