using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// Arguments from a context (Apollo's <c>@fromContext</c>): the value of the nearest object above that sets it is fetched first and goes
/// with the request for the entity.
/// </summary>
public sealed class ContextTests
{
    private const string Garden = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { GARDENS @gateway__source(name: "gardens", dialect: APOLLO) }
        type Query @gateway__type(in: GARDENS) { garden: Garden @gateway__field(in: GARDENS) }
        type Garden @gateway__type(in: GARDENS) @gateway__context(in: GARDENS, name: "garden") {
          soil: String @gateway__field(in: GARDENS)
          best: Rose @gateway__field(in: GARDENS)
        }
        type Rose @gateway__type(in: GARDENS) @gateway__key(in: GARDENS, fields: "id") @gateway__lookup(in: GARDENS, key: "id") {
          id: ID! @gateway__field(in: GARDENS)
          name: String @gateway__field(in: GARDENS)
          height: Int @gateway__field(in: GARDENS, contextArguments: [{name: "soil", type: "String", context: "garden", selection: "soil"}])
        }
        """;

    private const string Zoo = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) B @gateway__source(name: "b", dialect: APOLLO) }
        type Query @gateway__type(in: A) @gateway__type(in: B) { houses: [House] @gateway__field(in: A) keeper: Keeper @gateway__field(in: A) }
        interface House @gateway__type(in: A) { id: ID! @gateway__field(in: A) best: Animal @gateway__field(in: A) }
        type Cage implements House @gateway__type(in: A) @gateway__implements(in: A, interface: "House") @gateway__type(in: B) @gateway__context(in: A, name: "place")
          @gateway__key(in: A, fields: "id") @gateway__lookup(in: A, key: "id") @gateway__key(in: B, fields: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @gateway__field(in: A) @gateway__field(in: B)
          best: Animal @gateway__field(in: A)
          size: Int @gateway__field(in: A, external: true) @gateway__field(in: B)
        }
        type Pond implements House @gateway__type(in: A) @gateway__implements(in: A, interface: "House") {
          id: ID! @gateway__field(in: A)
          best: Animal @gateway__field(in: A)
        }
        type Keeper @gateway__type(in: A) @gateway__context(in: A, name: "place") @gateway__context(in: A, name: "who") {
          name: String! @gateway__field(in: A)
          shoe: Int @gateway__field(in: A)
          houses: [House] @gateway__field(in: A)
        }
        type Animal @gateway__type(in: A) @gateway__key(in: A, fields: "id") @gateway__lookup(in: A, key: "id") {
          id: ID! @gateway__field(in: A)
          room: Int @gateway__field(in: A, contextArguments: [{name: "size", type: "Int", context: "place", selection: "... on Cage { size } ... on Keeper { shoe }"}])
          friend: Animal @gateway__field(in: A)
          fed: String @gateway__field(in: A, contextArguments: [{name: "by", type: "String!", context: "who", selection: "name"}])
        }
        """;

    private static Supergraph Read(string text) => SupergraphReader.Read(new SourceText(text)).Supergraph!;

    [Fact]
    public void A_value_from_the_object_above_goes_with_the_request_for_the_entity() => PlanTest.Check(
        Read(Garden), "{ garden { best { name tall: height } } }",
        """
        2 fetches, 2 deep, estimated cost 206
          0 gardens
            1 gardens at garden.best

        0 gardens, cost 105
          why: gardens serves Query.garden
          {
            garden {
              best {
                name
                id
              }
              soil
            }
          }

        1 gardens at garden.best after 0, cost 101
          why: gardens serves Rose.height; entered by id; carries $garden soil
          for each Rose
          $representations: [_Any!]! = { __typename, id: ~id }
          $__gg_2_soil: String or null = ~soil of Garden
          query ($representations: [_Any!]!, $__gg_2_soil: String) {
            _entities(representations: $representations) {
              ... on Rose {
                tall: height(soil: $__gg_2_soil)
              }
            }
          }
        """);

    [Fact]
    public void The_nearest_object_that_sets_the_context_counts_and_its_type_decides_which_that_is() => PlanTest.Check(
        Read(Zoo), "{ keeper { houses { best { friend { room } } } } }",
        """
        3 fetches, 3 deep, estimated cost 363
          0 a
            1 b at keeper.houses[]
              2 a at keeper.houses[].best.friend

        0 a, cost 143
          why: a serves Query.keeper
          {
            keeper {
              houses {
                __typename
                best {
                  friend {
                    id
                  }
                }
                ... on Cage {
                  id
                }
              }
              shoe
            }
          }

        1 b at keeper.houses[] after 0, cost 110
          why: b serves Cage.size; entered by id
          for each Cage
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cage {
                size
              }
            }
          }

        2 a at keeper.houses[].best.friend after 1, cost 110
          why: a serves Animal.room; entered by id; carries $place ... on Cage { size } ... on Keeper { shoe }
          for each Animal
          $representations: [_Any!]! = { __typename, id: ~id }
          $__gg_2_size: Int or null = ~size of Cage | ~shoe of Keeper
          query ($representations: [_Any!]!, $__gg_2_size: Int) {
            _entities(representations: $representations) {
              ... on Animal {
                room(size: $__gg_2_size)
              }
            }
          }
        """);

    [Fact]
    public void Arguments_from_several_contexts_share_a_request_unless_a_null_skips_it() => PlanTest.Check(
        Read(Zoo), "{ keeper { houses { best { room fed } } } }",
        """
        4 fetches, 3 deep, estimated cost 464
          0 a
            1 b at keeper.houses[]
              2 a at keeper.houses[].best
            3 a at keeper.houses[].best

        0 a, cost 134
          why: a serves Query.keeper
          {
            keeper {
              houses {
                __typename
                best {
                  id
                }
                ... on Cage {
                  id
                }
              }
              shoe
              name
            }
          }

        1 b at keeper.houses[] after 0, cost 110
          why: b serves Cage.size; entered by id
          for each Cage
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cage {
                size
              }
            }
          }

        2 a at keeper.houses[].best after 1, cost 110
          why: a serves Animal.room; entered by id; carries $place ... on Cage { size } ... on Keeper { shoe }
          for each Animal
          $representations: [_Any!]! = { __typename, id: ~id }
          $__gg_2_size: Int or null = ~size of Cage | ~shoe of Keeper
          query ($representations: [_Any!]!, $__gg_2_size: Int) {
            _entities(representations: $representations) {
              ... on Animal {
                room(size: $__gg_2_size)
              }
            }
          }

        3 a at keeper.houses[].best after 0, cost 110
          why: a serves Animal.fed; entered by id; carries $who name
          for each Animal
          $representations: [_Any!]! = { __typename, id: ~id }
          $__gg_2_by: String! = ~name of Keeper
          query ($representations: [_Any!]!, $__gg_2_by: String!) {
            _entities(representations: $representations) {
              ... on Animal {
                fed(by: $__gg_2_by)
              }
            }
          }
        """);

    [Fact]
    public void Where_an_object_could_be_that_does_not_set_the_context_the_field_is_refused()
    {
        var supergraph = Read(Zoo);

        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, "{ houses { best { id room } } }"));

        Assert.Empty(PlanVerifier.Verify(plan));
        Assert.Equal(
            ["No source can give Animal.room at Animal.room: a takes its argument \"size\" from the context \"place\" (@fromContext), which nothing above sets or gives."],
            plan.Unservable.Select(field => field.Detail));
    }

    [Fact]
    public void Where_a_type_condition_leads_through_objects_that_set_it_the_field_is_served() => PlanTest.Check(
        Read(Zoo), "{ houses { ... on Cage { best { room } } } }",
        """
        3 fetches, 3 deep, estimated cost 351
          0 a
            1 b at houses[]
              2 a at houses[].best

        0 a, cost 131
          why: a serves Query.houses
          {
            houses {
              __typename
              ... on Cage {
                best {
                  id
                }
                id
              }
            }
          }

        1 b at houses[] after 0, cost 110
          why: b serves Cage.size; entered by id
          for each Cage
          $representations: [_Any!]! = { __typename, id: ~id }
          query ($representations: [_Any!]!) {
            _entities(representations: $representations) {
              ... on Cage {
                size
              }
            }
          }

        2 a at houses[].best after 1, cost 110
          why: a serves Animal.room; entered by id; carries $place ... on Cage { size } ... on Keeper { shoe }
          for each Animal
          $representations: [_Any!]! = { __typename, id: ~id }
          $__gg_2_size: Int or null = ~size of Cage
          query ($representations: [_Any!]!, $__gg_2_size: Int) {
            _entities(representations: $representations) {
              ... on Animal {
                room(size: $__gg_2_size)
              }
            }
          }
        """);

    [Fact]
    public void What_is_known_of_contexts_is_written_and_read_back()
    {
        var supergraph = SupergraphReader.Read(new SourceText(Garden)).Supergraph!;

        var text = SupergraphWriter.Write(supergraph);

        Assert.Contains("@gateway__context(in: GARDENS, name: \"garden\")", text, StringComparison.Ordinal);
        Assert.Equal(text, SupergraphWriter.Write(SupergraphReader.Read(new SourceText(text)).Supergraph!));
        Assert.Empty(((ObjectType)supergraph.PublicSchema.FindType("Rose")!).FindField("height")!.Arguments);
    }
}
