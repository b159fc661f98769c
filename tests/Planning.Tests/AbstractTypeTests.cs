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
