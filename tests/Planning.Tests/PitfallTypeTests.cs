using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Ways in which federated plans go wrong elsewhere, one test or more for each. Pitfalls 7 to 10: abstract types, interface objects, provisions.</summary>
public sealed class PitfallTypeTests
{
    [Fact]
    public void Pitfall_07_a_union_member_that_a_source_does_not_know_is_never_sent_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { viewer: Viewer }
        type Viewer @key(fields: "id") { id: ID! media: Media }
        union Media = Book | Movie
        type Book { title: String }
        type Movie { title: String }
        --- b apollo
        type Viewer @key(fields: "id") { id: ID! song: Media }
        union Media = Book | Song
        type Book { title: String }
        type Song { title: String }
        """,
        "{ viewer { media { ... on Book { title } ... on Movie { title } ... on Song { title } } song { ... on Book { title } ... on Movie { title } ... on Song { title } } } }",
        """
        2 fetches, 2 deep, estimated cost 208
          0 a
            1 b at viewer

        0 a, cost 105
          why: a serves Query.viewer
          {
            viewer {
              media {
                __typename
                ... on Book {
                  title
                }
                ... on Movie {
                  title
                }
              }
              id
            }
          }

        1 b at viewer after 0, cost 103
          why: b serves Viewer.song; entered by id
          for each Viewer
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Viewer {
                song {
                  __typename
                  ... on Book {
                    title
                  }
                  ... on Song {
                    title
                  }
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_08_one_response_key_with_different_types_is_aliased() => PlanTest.Check(
        """
        --- a
        type Query { accounts: [Account!]! }
        union Account = User | Admin
        type User { id: ID! name: String similar: [User!]! }
        type Admin { id: ID name: String similar: [Admin!] }
        --- b
        type Query { user: User }
        type User { id: ID name: String similar: [User!] }
        """,
        "{ accounts { ... on User { id name similar { id } } ... on Admin { id name similar { id } } } }",
        """
        1 fetch, 1 deep, estimated cost 361
          0 a

        0 a, cost 361
          why: a serves Query.accounts
          {
            accounts {
              __typename
              ... on User {
                id
                name
                similar {
                  id
                }
              }
              ... on Admin {
                id_2: id
                name
                similar_2: similar {
                  id
                }
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_09_an_interface_object_learns_the_runtime_type_from_the_interface_s_home() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int reviews: [Review] }
        type Review { text: String }
        """,
        "{ top { __typename id score title ... on Book { pages reviews { text } } } medias { title score } }",
        """
        5 fetches in 4 requests, 3 deep, estimated cost 582
          0 b
            1 a at top[]
              2 b at top[]
          3 a
            4 b at medias[]

        0 b, cost 121
          why: b serves Query.top
          {
            top {
              id
              score
            }
          }

        1 a at top[] after 0, cost 120
          why: a serves Media.title, Book.pages and tells which Media each object is; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              __typename
              ... on Media {
                title
              }
              ... on Book {
                pages
              }
            }
          }

        2 b at top[] after 1, in one request with 4, cost 210
          why: b serves Book.reviews; entered by id
          for each Book
          $representations: [_Any!]! = { __typename: "Media", id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                reviews {
                  text
                }
              }
            }
          }

        3 a, cost 121
          why: a serves Query.medias
          {
            medias {
              __typename
              title
              id
            }
          }

        4 b at medias[] after 3, in one request with 2, cost 110
          why: b serves Media.score; entered by id
          for each Book|Film
          $representations: [_Any!]! = { __typename: "Media", id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Media {
                score
              }
            }
          }
        """);

    [Fact]
    public void Pitfall_09_an_interface_object_alone_needs_no_other_source_when_nobody_asks_for_the_type() => PlanTest.Check(
        """
        --- a apollo
        type Query { medias: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        --- b apollo
        type Query { top: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! score: Int }
        """,
        "{ top { id score } }",
        """
        1 fetch, 1 deep, estimated cost 121
          0 b

        0 b, cost 121
          why: b serves Query.top
          {
            top {
              id
              score
            }
          }
        """);

    [Fact]
    public void Pitfall_10_provided_fields_are_served_on_their_path_alone() => PlanTest.Check(
        """
        --- a apollo
        type Query { top: Product @provides(fields: "name ... on Product { maker { name } }") other: Product }
        type Product @key(fields: "id") { id: ID! name: String @external maker: Maker @external }
        type Maker { name: String @external }
        --- b apollo
        type Product @key(fields: "id") { id: ID! name: String maker: Maker }
        type Maker { name: String }
        """,
        "{ top { name maker { name } } other { name maker { name } } }",
        """
        2 fetches, 2 deep, estimated cost 209
          0 a
            1 b at other

        0 a, cost 106
          why: a serves Query.top, Query.other
          {
            top {
              name
              maker {
                name
              }
            }
            other {
              id
            }
          }

        1 b at other after 0, cost 103
          why: b serves Product.name, Product.maker; entered by id
          for each Product
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Product {
                name
                maker {
                  name
                }
              }
            }
          }
        """);

    [Fact]
    public void Objects_below_an_interface_that_two_fetches_bring_are_each_entered_after_their_own() => PlanTest.Check(
        """
        --- a apollo
        type Query { hs: [H] }
        interface H { id: ID! }
        type T1 implements H @key(fields: "id") { id: ID! kid: Kid }
        type T2 implements H @key(fields: "id") { id: ID! }
        type Kid @key(fields: "id") { id: ID! }
        --- b apollo
        interface H { id: ID! kid: Kid }
        type T2 implements H @key(fields: "id") { id: ID! kid: Kid }
        type Kid @key(fields: "id") { id: ID! }
        --- c apollo
        type Kid @key(fields: "id") { id: ID! x: String }
        """,
        "{ hs { kid { x } } }",
        """
        4 fetches in 3 requests, 3 deep, estimated cost 371
          0 a
            1 c at hs[].kid
            2 b at hs[]
              3 c at hs[].kid

        0 a, cost 131
          why: a serves Query.hs
          {
            hs {
              __typename
              ... on T1 {
                kid {
                  id
                }
              }
              ... on T2 {
                id
              }
            }
          }

        1 c at hs[].kid after 0, in one request with 3, cost 110
          why: c serves Kid.x; entered by id
          for each Kid
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Kid {
                x
              }
            }
          }

        2 b at hs[] after 0, cost 120
          why: b serves H.kid; entered by id
          for each T2
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on H {
                kid {
                  id
                }
              }
            }
          }

        3 c at hs[].kid after 2, in one request with 1, cost 110
          why: c serves Kid.x; entered by id
          for each Kid
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Kid {
                x
              }
            }
          }
        """);

    [Fact]
    public void A_key_is_asked_for_below_each_field_that_provides_something_else() => PlanTest.Check(
        """
        --- a apollo
        type Query { h: H }
        interface H { kid: Kid }
        type T1 implements H { kid: Kid }
        type T2 implements H { kid: Kid @provides(fields: "y") }
        type Kid @key(fields: "id") { id: ID! y: Int @external }
        --- b apollo
        type Kid @key(fields: "id") { id: ID! x: String y: Int @shareable }
        """,
        "{ h { kid { x } } }",
        """
        3 fetches in 2 requests, 2 deep, estimated cost 205
          0 a
            1 b at h.kid
            2 b at h.kid

        0 a, cost 103
          why: a serves Query.h
          {
            h {
              __typename
              ... on T1 {
                kid {
                  id
                }
              }
              ... on T2 {
                kid {
                  id
                }
              }
            }
          }

        1 b at h.kid after 0, in one request with 2, cost 101
          why: b serves Kid.x; entered by id
          for each Kid
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Kid {
                x
              }
            }
          }

        2 b at h.kid after 0, in one request with 1, cost 101
          why: b serves Kid.x; entered by id
          for each Kid
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Kid {
                x
              }
            }
          }
        """);
}
