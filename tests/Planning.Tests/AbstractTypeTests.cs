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

    private const string UnevenUnion = """
        --- a apollo
        type Query { rootA: Box }
        type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable }
        type Wrapper @shareable { actions: [Action!]! }
        union Action = Common | OnlyA
        type Common @shareable { label: String }
        type OnlyA { a: String }
        --- b apollo
        type Box @key(fields: "id") { id: ID! wrapper: Wrapper @shareable bWrapper: Wrapper }
        type Wrapper @shareable { actions: [Action!]! }
        union Action = Common | OnlyB
        type Common @shareable { label: String }
        type OnlyB { b: String }
        """;

    [Fact]
    public void Where_several_sources_share_a_field_the_members_that_all_know_are_asked_for() => PlanTest.Check(
        UnevenUnion,
        "{ rootA { wrapper { actions { __typename ... on Common { label } ... on OnlyA { a } } } } }",
        """
        1 fetch, 1 deep, estimated cost 113
          0 a

        0 a, cost 113
          why: a serves Query.rootA
          {
            rootA {
              wrapper {
                actions {
                  __typename
                  ... on Common {
                    label
                  }
                }
              }
            }
          }

        null with an error: Action.a on OnlyA
          Several sources can be asked for the field above Action.a, and not all of them have OnlyA among the objects of Action there. The answer must not hang on which one is asked. Add the type in each of them, or let one source alone have the field.
        """);

    [Fact]
    public void What_is_missing_of_an_object_that_not_all_sources_of_an_interface_know_is_no_gap_of_the_graph() => PlanTest.Check(
        """
        --- a apollo
        type Query { a: Int }
        type Mutation { shape: Shape @shareable }
        interface Shape { id: ID! }
        type Circle implements Shape @shareable { id: ID! radius: Int }
        type Square implements Shape @shareable { id: ID! }
        --- b apollo
        type Query { square: Square }
        type Mutation { shape: Shape @shareable }
        interface Shape { id: ID! }
        type Circle implements Shape @shareable { id: ID! }
        type Square @shareable { id: ID! side: Int }
        """,
        "mutation { shape { ... on Circle { radius } ... on Square { id side } } }",
        """
        1 fetch, 1 deep, estimated cost 103
          0 a

        0 a, cost 103
          why: a serves Mutation.shape
          mutation {
            shape {
              __typename
              ... on Circle {
                radius
              }
              ... on Square {
                id
              }
            }
          }

        null with an error: Shape.side on Square
          Several sources can be asked for the field above Shape.side, and not all of them have Square among the objects of Shape there. The answer must not hang on which one is asked. Add the type in each of them, or let one source alone have the field.
        """);

    [Fact]
    public void Where_one_source_alone_has_the_field_all_its_members_are_asked_for() => PlanTest.Check(
        UnevenUnion,
        "{ rootA { bWrapper { actions { ... on OnlyB { b } } } } }",
        """
        2 fetches, 2 deep, estimated cost 214
          0 a
            1 b at rootA

        0 a, cost 102
          why: a serves Query.rootA
          {
            rootA {
              id
            }
          }

        1 b at rootA after 0, cost 112
          why: b serves Box.bWrapper; entered by id
          for each Box
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Box {
                bWrapper {
                  actions {
                    __typename
                    ... on OnlyB {
                      b
                    }
                  }
                }
              }
            }
          }
        """);

    [Fact]
    public void Nobody_has_what_the_interface_of_a_source_lacks_when_no_object_implements_it_there() => PlanTest.Check(
        """
        --- a apollo
        type Query { media: Media }
        interface Media @key(fields: "id") { id: ID! }
        --- b apollo
        type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! score: Int }
        """,
        "{ media { id score } }",
        """
        1 fetch, 1 deep, estimated cost 101
          0 a

        0 a, cost 101
          why: a serves Query.media
          {
            media {
              __typename
            }
          }

        null with an error: Media.score on Media?
          No source can give Media.score at Media.score: b has no lookup for Media.
        """);

    [Fact]
    public void Where_a_source_has_no_object_of_an_interface_nothing_is_missing_of_those_of_others() => PlanTest.Check(
        """
        --- a
        type Query { media: Media }
        interface Media { id: ID! }
        --- b
        type Query { book: Book }
        interface Media { id: ID! title: String }
        type Book implements Media { id: ID! title: String pages: Int }
        """,
        "{ media { title ... on Book { pages } } }",
        """
        1 fetch, 1 deep, estimated cost 101
          0 a

        0 a, cost 101
          why: a serves Query.media
          {
            media {
              __typename
            }
          }
        """);

    [Fact]
    public void What_each_source_has_as_external_of_some_objects_comes_from_all_of_them_together_and_the_plan_says_so() => PlanTest.Check(
        """
        --- a apollo
        type Query { node: Node @shareable }
        interface Node { id: ID! }
        type Account implements Node @key(fields: "id") { id: ID! }
        type Chat implements Node { id: ID! @external }
        --- b apollo
        type Query { node: Node @shareable }
        interface Node { id: ID! }
        type Account implements Node { id: ID! @external }
        type Chat implements Node @key(fields: "id") { id: ID! }
        """,
        "{ node { id } }",
        """
        2 fetches, 1 deep, estimated cost 204
          0 a
          1 b

        0 a, cost 102
          why: a serves Query.node
          {
            node {
              __typename
              ... on Account {
                id
              }
            }
          }

        1 b, cost 102
          why: b serves Query.node
          {
            node {
              __typename
              ... on Chat {
                id
              }
            }
          }

        of no source alone: Node.id
          No source can give Node.id for all objects at Node.id, and none can be entered there: a has it as external on Chat; b has it as external on Account. Remove @external where the source knows the value.
        """);
}
