using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Sources that have an object in an interface's place: they cannot tell its types apart.</summary>
public sealed class InterfaceObjectTests
{
    private const string Sources =
        """
        --- home apollo
        type Query { books: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        --- shelf apollo
        type Query { shelf: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! title: String @external place: Int label: String @requires(fields: "title") next: Owner }
        type Owner { name(short: Boolean): String }
        """;

    // Which of them no client sees, only their home tells; it is asked for that at once, and what the client selects comes meanwhile.
    [Fact]
    public void Objects_that_may_be_of_an_inaccessible_type_are_told_apart_after_their_fields_are_fetched() => PlanTest.Check(
        """
        --- reviews apollo
        type Query { tops: [Media] }
        type Media @interfaceObject @key(fields: "id") { id: ID! price: Int }
        --- home apollo
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Draft implements Media @key(fields: "id") @inaccessible { id: ID! }
        """,
        "{ tops { price } }",
        """
        2 fetches, 2 deep, estimated cost 221
          0 reviews
            1 home at tops[]

        0 reviews, cost 121
          why: reviews serves Query.tops
          {
            tops {
              price
              id
            }
          }

        1 home at tops[] after 0, cost 100
          why: home tells which Media each object is; entered by id
          for each Book|Draft
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
            }
          }
        """);

    [Fact]
    public void A_field_that_requires_something_of_one_type_is_not_asked_of_objects_that_do_not_carry_it() => PlanTest.Check(
        Sources, "{ books { ... on Book { label } ... on Film { place } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 241
          0 home
            1 shelf at books[]
            2 shelf at books[]

        0 home, cost 121
          why: home serves Query.books
          {
            books {
              __typename
              id
              ... on Book {
                title
              }
            }
          }

        1 shelf at books[] after 0, in one request with 2, cost 110
          why: shelf serves Film.place; entered by id
          for each Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                place
              }
            }
          }

        2 shelf at books[] after 0, in one request with 1, cost 110
          why: shelf serves Book.label; entered by id; carries title
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id: ~id, title: ~title }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                label
              }
            }
          }
        """);

    [Fact]
    public void A_key_is_read_from_a_slot_of_all_types_where_the_client_selected_it_for_one() => PlanTest.Check(
        Sources, "{ shelf { ... on Book { id title } } }",
        """
        2 fetches, 2 deep, estimated cost 231
          0 shelf
            1 home at shelf[]

        0 shelf, cost 111
          why: shelf serves Query.shelf
          {
            shelf {
              id
            }
          }

        1 home at shelf[] after 0, cost 120
          why: home serves Book.id, Book.title and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Book {
                id
                title
              }
            }
          }
        """);

    [Fact]
    public void Selections_that_differ_by_type_below_one_field_get_aliases() => PlanTest.Check(
        Sources, "{ books { ... on Book { next { n: name(short: true) } } ... on Film { next { n: name(short: false) } } } }",
        """
        2 fetches, 2 deep, estimated cost 251
          0 home
            1 shelf at books[]

        0 home, cost 111
          why: home serves Query.books
          {
            books {
              __typename
              id
            }
          }

        1 shelf at books[] after 0, cost 140
          why: shelf serves Book.next, Film.next; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                next {
                  n: name(short: true)
                }
                next_2: next {
                  n: name(short: false)
                }
              }
            }
          }
        """);

    [Fact]
    public void Each_type_takes_its_own_way_to_the_interface_object() => PlanTest.Check(
        """
        --- home apollo
        type Query { x: Int }
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Film implements Media @key(fields: "id") { id: ID! }
        --- shelf apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! place: Int }
        --- shop apollo
        type Query { offers: [Offer] }
        interface Offer { price: Int }
        type Book implements Offer @key(fields: "isbn", resolvable: false) { isbn: String! price: Int }
        type Film implements Offer @key(fields: "id") { id: ID! price: Int }
        --- print apollo
        type Book @key(fields: "isbn") @key(fields: "id") { isbn: String! id: ID! }
        """,
        "{ offers { ... on Media { place } } }",
        """
        3 fetches, 3 deep, estimated cost 341
          0 shop
            1 print at offers[]
              2 shelf at offers[]

        0 shop, cost 121
          why: shop serves Query.offers
          {
            offers {
              __typename
              ... on Book {
                isbn
              }
              ... on Film {
                id
              }
            }
          }

        1 print at offers[] after 0, cost 110
          why: print serves Book.id; entered by isbn
          for each Book
          $representations: [_Any!]! = { __typename, isbn: ~isbn }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Book {
                id
              }
            }
          }

        2 shelf at offers[] after 1, cost 110
          why: shelf serves Media.place; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                place
              }
            }
          }
        """);

    // Of Media the source knows no types, of Pen it does: what a pen's field requires goes along, and is asked once though two want it.
    [Fact]
    public void A_requirement_of_a_type_that_the_source_knows_travels_with_its_interface_object() => PlanTest.Check(
        """
        --- home apollo
        type Query { things: [Thing] }
        union Thing = Book | Pen
        interface Media @key(fields: "id") { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! }
        type Pen @key(fields: "id") { id: ID! ink: String }
        --- shelf apollo
        type Media @key(fields: "id") @interfaceObject { id: ID! place: Int }
        type Pen @key(fields: "id") { id: ID! ink: String @external label: String @requires(fields: "ink") }
        --- box apollo
        type Pen @key(fields: "id") { id: ID! label: String @external size: Int @requires(fields: "label") }
        """,
        "{ things { ... on Book { place } ... on Pen { label size } } }",
        """
        3 fetches, 3 deep, estimated cost 351
          0 home
            1 shelf at things[]
              2 box at things[]

        0 home, cost 121
          why: home serves Query.things
          {
            things {
              __typename
              ... on Book {
                id
              }
              ... on Pen {
                id
                ink
              }
            }
          }

        1 shelf at things[] after 0, cost 120
          why: shelf serves Book.place, Pen.label; entered by id; carries ink
          for each Book|Pen
          $representations: [_Any!]! = { <Book> __typename: "Media", <Pen> __typename, id: ~id, <Pen> ink: ~ink }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                place
              }
              ... on Pen {
                label
              }
            }
          }

        2 box at things[] after 1, cost 110
          why: box serves Pen.size; entered by id; carries label
          for each Pen
          $representations: [_Any!]! = { __typename, id: ~id, label }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Pen {
                size
              }
            }
          }
        """);

    [Fact]
    public void A_fetch_that_a_null_skips_gives_nothing_that_another_requirement_needs() => PlanTest.Check(
        """
        --- a
        type Query { user: User }
        type User @key(fields: "id") { id: ID! rank: Int }
        --- b
        type Query { userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! tier(rank: Int! @require(field: "rank")): String name: String }
        --- c
        type Query { userById(id: ID!): User @lookup @internal }
        type User @key(fields: "id") { id: ID! greeting(name: String @require(field: "name")): String }
        """,
        "{ user { tier greeting } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 306
          0 a
            1 b at user
            2 b at user
              3 c at user

        0 a, cost 103
          why: a serves Query.user
          {
            user {
              rank
              id
            }
          }

        1 b at user after 0, in one request with 2, cost 101
          why: b serves User.tier; entered by id; carries rank
          for each User
          $__gg_1_id: ID! = ~id
          $__gg_2_rank: Int! = ~rank
          query ($__gg_1_id: ID!, $__gg_2_rank: Int!) {
            userById(id: $__gg_1_id) {
              tier(rank: $__gg_2_rank)
            }
          }

        2 b at user after 0, in one request with 1, cost 101
          why: b serves User.name; entered by id
          for each User
          $__gg_1_id: ID! = ~id
          query ($__gg_1_id: ID!) {
            userById(id: $__gg_1_id) {
              name
            }
          }

        3 c at user after 2, cost 101
          why: c serves User.greeting; entered by id; carries name
          for each User
          $__gg_1_id: ID! = ~id
          $__gg_2_name: String or null = ~name
          query ($__gg_1_id: ID!, $__gg_2_name: String) {
            userById(id: $__gg_1_id) {
              greeting(name: $__gg_2_name)
            }
          }
        """);

    [Fact]
    public void An_object_that_is_carried_to_a_source_with_an_interface_object_has_the_interfaces_name() => PlanTest.Check(
        """
        --- home apollo
        type Query { shelves: [Shelf] }
        type Shelf @key(fields: "id") { id: ID! first: Media all: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        --- labels apollo
        type Shelf @key(fields: "id") { id: ID! first: Media @external all: [Media] @external sign: String @requires(fields: "first { title } all { id }") }
        type Media @key(fields: "id") @interfaceObject { id: ID! title: String @external }
        """,
        "{ shelves { sign } }",
        """
        2 fetches, 2 deep, estimated cost 351
          0 home
            1 labels at shelves[]

        0 home, cost 241
          why: home serves Query.shelves
          {
            shelves {
              first {
                __typename
                title
              }
              all {
                __typename
                id
              }
              id
            }
          }

        1 labels at shelves[] after 0, cost 110
          why: labels serves Shelf.sign; entered by id; carries first { title } all { id }
          for each Shelf
          $representations: [_Any!]! = { __typename, id: ~id, first: ~first { __typename: "Media", title: ~title }, all: ~all[] { __typename: "Media", id: ~id } }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Shelf {
                sign
              }
            }
          }
        """);
}
